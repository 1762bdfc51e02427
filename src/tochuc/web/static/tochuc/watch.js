// Work under way: the page is asked again until it ends, then leads to what came of it.
const watch = () => setTimeout(async () => {
  const here = document.querySelector("[data-watch]");
  if (!here) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return watch();
  if (answer.redirected) return location.assign(answer.url);
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-watch]");
  if (!now) return location.reload();
  if (!here.contains(document.activeElement)) here.replaceWith(now);
  watch();
}, 1500);
watch();
