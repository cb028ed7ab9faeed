// Comfort only: every page works without this.

/** Keys: `/` goes to the search box, `g` then a letter to a section. */
const sections = { d: "/", m: "/matrix", a: "/agenda", e: "/events", s: "/sources" };
let went = 0;

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("ask")?.focus();
  } else if (event.key === "g") {
    went = event.timeStamp;
  } else if (event.timeStamp - went < 1500 && sections[event.key]) {
    location.assign(sections[event.key]);
  }
});
