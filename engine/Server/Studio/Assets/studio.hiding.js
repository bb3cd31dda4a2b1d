// What is made for programmers stays out of sight. The places belong to the version of the designer that is pinned; a test says when one is gone.
(function () {
  'use strict';
  const tabs = ['Code View', 'Test', 'Commit Strategy', 'Log', 'Info'];
  const rules = [
    ...tabs.map(text => ({ name: `tab ${text}`, find: '.mud-tab', text })),
  ];
  const seen = Object.fromEntries(rules.map(rule => [rule.name, 0]));

  function look() {
    for (const rule of rules) {
      for (const found of office.stage.querySelectorAll(rule.find)) {
        if (rule.text && found.textContent.trim() !== rule.text)
          continue;
        const hidden = rule.parent ? found.closest(rule.parent) : found;
        if (!hidden.classList.contains('po-hidden')) {
          hidden.classList.add('po-hidden');
          seen[rule.name]++;
        }
      }
    }
  }

  let asked = false;
  new MutationObserver(() => {
    if (asked)
      return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      look();
    });
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class'] });
  office.hidden = seen;
})();
