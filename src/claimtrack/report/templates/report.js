"use strict";
// Filters: what does not fit is hidden, nothing is built anew. Without this script the page is whole, and has no filters.
(() => {
  const form = document.getElementById("filters");
  const output = document.getElementById("shown");
  const fields = form.elements;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // A cluster or an article, what else stands for it (its entry in the list, its place on the map), and its statements.
  const companions = new Map();
  for (const element of document.querySelectorAll("[data-of]")) {
    companions.set(element.dataset.of, [...(companions.get(element.dataset.of) ?? []), element]);
  }
  const items = [...document.querySelectorAll("[data-kinds]")].map((element) => ({
    elements: [element, ...(companions.get(element.id) ?? [])],
    isCluster: element.classList.contains("cluster"),
    isNew: "new" in element.dataset,
    kinds: element.dataset.kinds.split(" "),
    statements: null,
  }));
  const groups = [...document.querySelectorAll("[data-group]")].map((element) => ({
    element,
    members: [...element.querySelectorAll("[data-of], [data-kinds]")],
  }));

  const statementsOf = ([element]) =>
    (element.dataset.voices === undefined ? [...element.querySelectorAll("[data-voices]")] : [element]).map((said) => ({
      voices: said.dataset.voices.split(" "),
      places: [...said.querySelectorAll("[data-outlet]")].map((place) => place.dataset),
      words: folded([...said.querySelectorAll("[data-words]")].map((part) => part.textContent).join(" ")),
    }));

  const isIn = (date, from, until, undated) => (date ? (!from || date >= from) && (!until || date <= until) : undated);

  const fits = (item, wanted) =>
    (!wanted.onlyNew || item.isNew) &&
    (!wanted.kind || item.kinds.includes(wanted.kind)) &&
    item.statements.some(
      (said) =>
        (!wanted.voice || said.voices.includes(wanted.voice)) &&
        said.places.some(
          (place) =>
            (!wanted.outlet || place.outlet === wanted.outlet) && isIn(place.date, wanted.from, wanted.until, wanted.undated),
        ) &&
        wanted.words.every((word) => said.words.includes(word)),
    );

  const apply = () => {
    const wanted = {
      words: folded(fields.words.value).split(/\s+/).filter(Boolean),
      outlet: fields.outlet.value,
      voice: fields.voice.value,
      kind: fields.kind?.value,
      from: fields.from.value,
      until: fields.until.value,
      undated: fields.undated.checked,
      onlyNew: fields.new?.checked,
    };
    const shown = { clusters: 0, articles: 0 };
    const all = { clusters: 0, articles: 0 };
    for (const item of items) {
      item.statements ??= statementsOf(item.elements);
      const isShown = fits(item, wanted);
      const what = item.isCluster ? "clusters" : "articles";
      all[what] += 1;
      shown[what] += isShown;
      for (const element of item.elements) element.hidden = !isShown;
    }
    for (const { element, members } of groups) element.hidden = members.every((member) => member.hidden);
    const whole = shown.clusters === all.clusters && shown.articles === all.articles;
    output.value = whole ? "" : `Shown: ${shown.clusters} of ${all.clusters} clusters, ${shown.articles} of ${all.articles} articles.`;
  };

  // A link leads to its place also where a filter hides it or a fold holds it.
  const reveal = (id) => {
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target !== form && target.closest("[hidden]")) {
      form.reset();
      apply();
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link) reveal(link.getAttribute("href").slice(1));
  });
  reveal(location.hash.slice(1));
  form.querySelector("details").open = matchMedia("(min-width: 60rem)").matches;
  document.getElementById("to-filters").hidden = false;
  form.hidden = false;
})();
