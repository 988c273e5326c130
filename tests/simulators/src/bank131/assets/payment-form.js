// The payment form of the Bank 131 simulator, for a page of the merchant's own.
//
// The form itself is a page of this host in a frame, so that card data never touches the page around it. Nothing here
// needs inline script or style: a page that allows this host alone in script-src, style-src and frame-src can use it.
(function () {
  "use strict";

  var host = new URL(document.currentScript.src).origin;

  function SmglPaymentForm(publicToken, options) {
    this.publicToken = String(publicToken);
    this.options = options || {};
    this.onPaymentFail = null;
    this.frame = null;
    this.listen = this.listen.bind(this);
  }

  SmglPaymentForm.prototype.render = function () {
    var container = this.options.container;
    if (typeof container === "string") {
      container = document.getElementById(container) || document.querySelector(container);
    }
    if (!container) {
      throw new Error("SmglPaymentForm: there is no container");
    }
    var frame = document.createElement("iframe");
    var masked = this.options.isCvcMasked ? "&masked=1" : "";
    frame.className = "smgl-payment-form";
    frame.title = "Card details";
    frame.src = host + "/widget/form?token=" + encodeURIComponent(this.publicToken) + masked;
    this.frame = frame;
    window.addEventListener("message", this.listen);
    container.replaceChildren(frame);
  };

  SmglPaymentForm.prototype.listen = function (message) {
    var told = message.data && message.data.smgl;
    if (message.origin !== host || message.source !== this.frame.contentWindow || !told) {
      return;
    }
    if (told.height) {
      this.frame.height = told.height;
    }
    if (told.fail && typeof this.onPaymentFail === "function") {
      this.onPaymentFail({ code: told.fail });
    }
    if (told.go) {
      window.removeEventListener("message", this.listen);
      this.leave(told.go, told.target);
    }
  };

  // 3-D Secure and the end of the payment are pages for the whole window.
  SmglPaymentForm.prototype.leave = function (url, target) {
    var redirect = this.options.customerInteractionRedirect || {};
    var link = document.createElement("a");
    link.href = url;
    link.target = redirect.target || target || "_top";
    document.body.appendChild(link);
    link.click();
    link.remove();
  };

  window.SmglPaymentForm = SmglPaymentForm;
})();
