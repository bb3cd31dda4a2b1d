// One banner below the header: what happened and what to do. It stands until what it says is no longer so.
(function () {
  'use strict';
  const place = document.getElementById('po-banner');
  let shown = null;
  let timer = 0;

  /** @param actions pairs of a word and what it does; an address makes it a link that opens beside this page. */
  function show(kind, words, actions = []) {
    clearTimeout(timer);
    shown = kind;
    const text = document.createElement('p');
    text.textContent = words;
    place.replaceChildren(text, ...actions.map(([word, act]) => {
      const control = document.createElement(typeof act === 'string' ? 'a' : 'button');
      control.textContent = word;
      if (typeof act === 'string')
        Object.assign(control, { href: act, target: '_blank', rel: 'opener' });
      else
        control.addEventListener('click', act);
      return control;
    }));
    place.className = 'po-' + kind;
    place.hidden = false;
    resize();
    if (kind === 'good')
      timer = setTimeout(hide, 10000);
  }

  function hide() {
    place.hidden = true;
    place.replaceChildren();
    shown = null;
    resize();
  }

  /** The designer takes the height of the window less this. */
  function resize() {
    document.documentElement.style.setProperty('--mud-appbar-height', `${office.stage.getBoundingClientRect().top}px`);
  }

  addEventListener('resize', resize);
  office.banner = {
    show,
    /** Takes back a banner of one of these kinds and leaves others standing. */
    hide(...kinds) {
      if (shown && kinds.includes(shown))
        hide();
    },
    get kind() { return shown; },
  };
})();
