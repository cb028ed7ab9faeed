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

/** Says how many reports came since the page was made. Without scripts, and where nothing comes, its place stays empty. */
function live(place) {
  let stream, last, count = 0;
  const tell = (event) => {
    if (event.lastEventId === last) return;
    last = event.lastEventId;
    count += 1;
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "Show";
    place.replaceChildren(count === 1 ? "One new report. " : `${count} new reports. `, link);
  };
  const open = () => {
    const address = new URL(place.dataset.live, location.href);
    if (last) address.searchParams.set("since", last);
    stream = new EventSource(address);
    stream.addEventListener("report", tell);
  };
  // A browser keeps six connections to a desk: a page that nobody looks at leaves them to others.
  document.addEventListener("visibilitychange", () => (document.hidden ? stream?.close() : open()));
  if (!document.hidden) open();
}

document.querySelectorAll("[data-live]").forEach(live);
