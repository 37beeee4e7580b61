/* Search and filters of the catalogue's pages. Works from a folder as well as from a server, asks nobody, keeps nothing.
   Words are found as the reader's browser cuts them in the page's language, so also where no spaces are written. */
(function () {
  "use strict";
  var form = document.getElementById("search");
  var items = Array.prototype.slice.call(document.querySelectorAll("li[data-id]"));
  if (!form || !window.MiniSearch || !items.length) { return; }
  var language = document.documentElement.lang;
  var segmenter = window.Intl && Intl.Segmenter ? new Intl.Segmenter(language, { granularity: "word" }) : null;
  var more = window.plainleafWords || {};

  /* Without accents and vowel points that readers leave out; vowel signs of other scripts are letters, and stay. */
  function folded(text) {
    return text.toLocaleLowerCase(language).normalize("NFKD")
      .replace(/[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0655\u0670]/g, "")
      .replace(/\u0649|\u06cc/g, "\u064a").replace(/\u06a9/g, "\u0643")
      .replace(/\u0131/g, "i").replace(/\u0111/g, "d").replace(/\u0142/g, "l").replace(/\u00f8/g, "o").replace(/\u00df/g, "ss");
  }
  function tokens(text) {
    if (!segmenter) { return text.split(/[^\p{L}\p{M}\p{N}]+/u); }
    return Array.from(segmenter.segment(text)).filter(function (each) { return each.isWordLike; })
      .map(function (each) { return each.segment; });
  }

  var search = new MiniSearch({
    fields: ["title", "summary", "more"],
    tokenize: tokens,
    processTerm: function (word) { return folded(word) || null; },
    searchOptions: {
      prefix: true, combineWith: "AND", boost: { title: 4, summary: 2 },
      fuzzy: function (word) { return word.length > 5 ? 0.2 : false; }
    }
  });
  var whole = [];
  search.addAll(items.map(function (item, place) {
    var title = item.querySelector("a"), summary = item.querySelector("p");
    var text = { id: place, title: title.textContent, summary: summary ? summary.textContent : "", more: more[item.dataset.id] || "" };
    whole.push(folded([text.title, text.summary, text.more].join(" ")));
    return text;
  }));

  function ranked(asked) {
    var ranks = {}, plain = folded(asked);
    search.search(asked).forEach(function (hit, place) { ranks[hit.id] = place; });
    whole.forEach(function (text, place) {
      if (!(place in ranks) && text.indexOf(plain) >= 0) { ranks[place] = items.length + place; }
    });
    return ranks;
  }

  var query = document.getElementById("q"), none = document.getElementById("none");
  var filters = ["f", "p"].map(function (name) { return document.getElementById(name); }).filter(Boolean);
  function has(item, filter) {
    return !filter.value || (" " + item.dataset[filter.id] + " ").indexOf(" " + filter.value + " ") >= 0;
  }
  function show() {
    var asked = query.value.trim(), ranks = asked ? ranked(asked) : null, any = false;
    items.forEach(function (item, place) {
      item.hidden = Boolean(ranks && !(place in ranks)) || !filters.every(function (filter) { return has(item, filter); });
      any = any || !item.hidden;
    });
    items.map(function (item, place) { return [ranks && place in ranks ? ranks[place] : place, item]; })
      .sort(function (a, b) { return a[0] - b[0]; })
      .forEach(function (pair) { pair[1].parentNode.appendChild(pair[1]); });
    Array.prototype.forEach.call(document.querySelectorAll(".group"), function (group) {
      group.hidden = !group.querySelector("li[data-id]:not([hidden])");
    });
    none.hidden = any;
  }
  query.addEventListener("input", show);
  filters.forEach(function (filter) { filter.addEventListener("change", show); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    var first = document.querySelector("li[data-id]:not([hidden]) a");
    if (first && query.value.trim()) { first.focus(); }
  });
  form.hidden = false;
  /* A browser has looked for what has the focus before the form was shown. */
  if (query.autofocus && document.activeElement === document.body && !location.hash) { query.focus(); }
})();
