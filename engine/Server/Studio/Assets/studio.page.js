// What the other scripts share. Each file keeps its names to itself: the designer's own scripts declare names of one letter.
(function () {
  'use strict';
  const stage = document.getElementById('po-stage');
  const state = document.getElementById('po-state');
  window.office = {
    stage,
    id: stage.dataset.id,
    isWorkflow: stage.dataset.kind === 'workflow',
    mayDesign: stage.dataset.mayDesign === 'yes',
    account: stage.dataset.account,
    api: location.origin + '/elsa/api',
    /** The browser's own fetch, before ours stands in front of it. */
    fetch: window.fetch.bind(window),

    /** A moment as the office says it: 14:05, in the production's zone. */
    time(at) {
      return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: stage.dataset.zone });
    },

    /** What is known about saving, always in sight. */
    say(words, kind) {
      if (!state || !office.mayDesign)
        return;
      state.textContent = words;
      state.className = kind ? 'po-' + kind : '';
    },

    wait: milliseconds => new Promise(done => setTimeout(done, milliseconds)),
  };
})();
