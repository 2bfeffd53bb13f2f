// A list on its way: goes on with the next rows by itself. Without this, a button does.
"use strict";
(() => {
  const form = document.querySelector("form[data-go-on]");
  if (form) setTimeout(() => form.requestSubmit(), 400);
})();
