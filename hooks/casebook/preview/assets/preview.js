/* Keeps an open page of the preview up to date: what is wrong is put in place, a page that has changed is loaded again.
   Without it, loading the page by hand shows the same. */
(() => {
  "use strict";

  const script = document.currentScript;
  const { page, drawn } = script.dataset;
  let told = script.dataset.told;
  const news = new URL("news", script.src);
  let asking;

  const ask = async () => {
    asking?.abort();
    const current = asking = new AbortController();
    while (asking === current) {
      try {
        news.search = new URLSearchParams({ page, drawn, told });
        const answer = await fetch(news, { signal: current.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        take(await answer.json());
      } catch {
        if (current.signal.aborted) return;
        await new Promise(resolve => setTimeout(resolve, 500)); // the server is being started again
      }
    }
  };

  const take = state => {
    if (state.drawn !== drawn) {
      asking = undefined;
      location.reload();
      return;
    }
    if (state.told === told) return;
    told = state.told;
    put("cbp-panel", state.panel);
    put("cbp-here", state.here);
  };

  // A list that was folded away stays so until there is something new in it.
  const put = (id, html) => {
    const place = document.getElementById(id);
    if (place) place.innerHTML = html;
    room();
  };

  // The last lines of a page can be scrolled clear of the panel.
  const room = () => {
    const panel = document.querySelector(".cbp");
    document.documentElement.style.setProperty("--cbp-room", `${panel ? panel.offsetHeight : 0}px`);
  };

  // Where the browser takes a link that the panel covers for one that can be seen.
  document.addEventListener("focusin", ({ target }) => {
    const panel = document.querySelector(".cbp");
    if (!panel || panel.contains(target)) return;
    const free = panel.getBoundingClientRect().top;
    const { bottom, height } = target.getBoundingClientRect();
    if (bottom > free && height < free) scrollBy({ top: bottom - free + 8, behavior: "instant" });
  });

  // Hidden pages do not ask: a browser keeps only a few connections to a host, and all tabs share them.
  const follow = () => {
    if (document.visibilityState === "visible") ask();
    else asking = asking?.abort();
  };
  document.addEventListener("visibilitychange", follow);
  document.addEventListener("toggle", room, true);
  addEventListener("resize", room);
  addEventListener("pageshow", event => { if (event.persisted) follow(); });
  room();
  follow();
})();
