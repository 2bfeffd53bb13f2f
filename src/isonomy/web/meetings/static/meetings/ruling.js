// A ruling: shows only what the chosen reading is about. Without it all fields stand there; what does not belong is left out.
"use strict";
(() => {
  const form = document.querySelector("form.act");
  if (!form || !form.elements.reading) return;
  const wanted = {
    "": ["motion", "matter"], "within-the-notice": ["matter", "within"], "days-counted": ["matter"], "filled-seats": [],
    "discussed-enough": ["motion"], "late-amendment": ["motion"], "out-of-order": ["motion"], "outside-the-notice": ["matter"],
  };
  const show = () => {
    const names = wanted[form.elements.reading.value] || [];
    for (const name of ["motion", "matter", "within"]) form.elements[name].closest(".field").hidden = !names.includes(name);
  };
  form.addEventListener("change", show);
  show();
})();
