(function () {
  "use strict";
  const place = document.getElementById("form");
  const { form: name, token, landing } = place.dataset;
  try {
    const form = new window[name](token, {
      container: place,
      isCvcMasked: true,
      customerInteractionRedirect: { target: "_top" },
    });
    form.onPaymentFail = () => window.location.assign(landing);
    form.render();
  } catch {
    document.getElementById("trouble").hidden = false;
  }
})();
