// Signing in with a passkey: shown where the browser can, left out where it cannot.
"use strict";
(() => {
  const form = document.getElementById("passkey-form");
  const button = document.getElementById("passkey-sign-in");
  if (!form || !button || !window.PublicKeyCredential || !window.webauthnJSON) return;
  form.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const answer = await fetch(button.dataset.request, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
      const data = await answer.json();
      const credential = await webauthnJSON.get(data.request_options);
      document.getElementById("passkey-credential").value = JSON.stringify(credential);
      form.submit();
    } catch (fault) {
      button.disabled = false;
      button.textContent = "The passkey was not used. Try again";
    }
  });
})();
