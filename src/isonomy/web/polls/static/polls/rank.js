// Ranking by tapping and by keyboard: the numbers in the fields are the ballot; without this script they are typed.
"use strict";
(() => {
  const list = document.querySelector("[data-ranking]");
  if (!list) return;
  const says = document.querySelector("[data-order]");
  const words = list.dataset;
  const options = [...list.querySelectorAll(".option")].map((row) => ({
    row, field: row.querySelector("input"), name: row.querySelector("label").textContent,
  }));
  const rank = (option) => Number.parseInt(option.field.value, 10) || 0;
  const ranked = () => options.filter(rank).sort((a, b) => rank(a) - rank(b));
  const number = (order) => order.forEach((option, place) => { option.field.value = String(place + 1); });
  const show = () => {
    const order = ranked();
    says.hidden = false;
    says.textContent = order.length
      ? `${words.now}: ${order.map((option) => `${rank(option)} ${option.name}`).join(", ")}`
      : words.none;
    for (const option of options) {
      const has = rank(option) > 0;
      option.next.hidden = has;
      for (const button of [option.up, option.down, option.out]) button.hidden = !has;
    }
  };
  const move = (option, by) => {
    const order = ranked();
    const at = order.indexOf(option);
    const to = at + by;
    if (to < 0 || to >= order.length) return;
    order.splice(at, 1);
    order.splice(to, 0, option);
    number(order);
  };
  const add = (box, option, text, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = text;
    button.setAttribute("aria-label", `${text}: ${option.name}`);
    button.addEventListener("click", () => {
      const had = document.activeElement === button;
      act();
      show();
      if (had && button.hidden) (option.next.hidden ? option.up : option.next).focus();
    });
    box.append(button);
    return button;
  };
  for (const option of options) {
    const box = document.createElement("div");
    box.className = "moves";
    option.next = add(box, option, words.rank, () => {
      option.field.value = String(Math.max(0, ...options.map(rank)) + 1);
    });
    option.up = add(box, option, words.up, () => move(option, -1));
    option.down = add(box, option, words.down, () => move(option, 1));
    option.out = add(box, option, words.out, () => {
      option.field.value = "";
      if (!words.equal) number(ranked());
    });
    option.row.append(box);
    option.field.addEventListener("input", show);
  }
  show();
})();
