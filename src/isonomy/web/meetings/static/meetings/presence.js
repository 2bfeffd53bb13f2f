// Presence by keyboard: typing narrows the list, Enter ticks the only name left, the count follows. Works without it.
"use strict";
(() => {
  const form = document.getElementById("presence");
  if (!form) return;
  const ticks = [...form.querySelectorAll("input[name=tick]")];
  const here = new Set(form.elements.shown.value.split(" "));
  const elsewhere = form.elements.so_far.value.split(" ").filter((id) => id && !here.has(id)).length;
  const ticked = document.getElementById("ticked");
  const enough = document.getElementById("is-quorum");
  const needed = form.dataset.needed === "" ? Infinity : Number(form.dataset.needed);
  const count = () => {
    const number = elsewhere + ticks.filter((tick) => tick.checked).length;
    ticked.textContent = String(number);
    if (enough) enough.hidden = number < needed;
  };
  form.addEventListener("change", count);
  count();
  const wanted = document.getElementById("wanted");
  if (!wanted) return;
  const row = (tick) => tick.closest(".choice");
  const narrow = () => {
    const text = wanted.value.trim().toLocaleLowerCase();
    for (const tick of ticks) row(tick).hidden = text !== "" && !row(tick).textContent.toLocaleLowerCase().includes(text);
  };
  wanted.addEventListener("input", narrow);
  wanted.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const left = ticks.filter((tick) => !row(tick).hidden);
    if (left.length !== 1) return;
    event.preventDefault();
    left[0].checked = !left[0].checked;
    wanted.value = "";
    narrow();
    count();
  });
})();
