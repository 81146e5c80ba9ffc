// Links that copy themselves, links to a second of a call, filters. The page says all it has to say without this script.
"use strict";
const words = document.currentScript.dataset, charts = new Map();
const make = (tag, set, ...inside) => {
  const made = Object.assign(document.createElement(tag), set);
  made.append(...inside);
  return made;
};
const told = document.body.appendChild(make("p", { className: "told", role: "status" }));
const copy = async hash => {
  try {
    await navigator.clipboard.writeText(location.href.split("#")[0] + hash);
    told.textContent = words.copied;
  } catch {
    told.textContent = words.address;
  }
  setTimeout(() => told.replaceChildren(), 4000);
};
// #ID, #ID@12.5 (a second), #ID@10~20 (a span), #ID@10~20@12.5 (both)
const follow = () => {
  const [id, ...parts] = location.hash.slice(1).split("@"), place = document.getElementById(id);
  if (!parts.length || !place) return;
  place.open = true;
  charts.get(id)?.(parts.find(part => /~/.test(part))?.split("~").map(Number), parseFloat(parts.find(part => !/~/.test(part))));
  place.scrollIntoView();
};
addEventListener("hashchange", follow);
addEventListener("click", ({ target }) => {
  const link = target.closest("a[href^='#']"), hash = link?.getAttribute("href");
  if (link?.matches(".self")) copy(hash);
  if (hash === location.hash) follow();
});
// headings of families of which no check is shown
document.querySelector(".filter")?.addEventListener("change", () => {
  for (const family of document.querySelectorAll(".family"))
    family.hidden = ![...family.querySelectorAll(".check")].some(check => getComputedStyle(check).display !== "none");
});
