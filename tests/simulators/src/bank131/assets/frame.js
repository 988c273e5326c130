// Tells the page around the form how high it is, and where the payer has to go.
(function () {
  "use strict";

  var step = document.getElementById("step");
  var told = { height: document.documentElement.scrollHeight };
  if (step) {
    told.fail = step.dataset.fail;
    told.go = step.dataset.go;
    told.target = step.dataset.target;
  }
  // The address of the page around is not known here; what is told is no secret and has nothing of the card.
  window.parent.postMessage({ smgl: told }, "*");
})();
