// What is made for programmers stays out of sight. The places belong to the version of the designer that is pinned; a test says when one is gone.
(function () {
  'use strict';
  const tab = text => ({ name: `tab ${text}`, find: '.mud-tab', text, hide: found => found.closest('.mud-tooltip-root') ?? found });
  const section = text => ({ name: `section ${text}`, find: '.mud-typography-overline', text, hide: found => found.parentElement });
  const row = text => ({ name: `row ${text}`, find: '.mud-simple-table td', text, hide: found => found.closest('tr') });
  const drawing = [
    ...['Code View', 'Test', 'Commit Strategy', 'Log', 'Info', 'Version history'].map(tab),
    ...['Settings', 'Commit Strategy', 'Activity', 'Information'].map(section),
  ];
  const rules = !office.isWorkflow
    ? [
      ...['Activity Call Stack', office.id].map(tab),
      ...['ID', 'Definition ID', 'Definition version ID', 'Correlation ID', 'Structured Logs', 'Incident Strategy', 'Sub status', 'Workflow State'].map(row),
    ]
    : office.mayDesign
      // Whoever draws is never to lose a drawing by a switch.
      ? [...drawing, { name: 'switch Auto-save', find: '.mud-switch', text: 'Auto-save', hide: found => found.closest('.mud-tooltip-root') }]
      // The page says it in its own words.
      : [...drawing, { name: 'bar of who may not', find: '.mud-alert-filled-warning', text: null, hide: found => found }];
  // Nothing runs under a correlation of its own unless its workflow says so.
  const seen = Object.fromEntries(rules.filter(rule => rule.text !== 'Correlation ID').map(rule => [rule.name, 0]));

  function look() {
    for (const rule of rules) {
      for (const found of office.stage.querySelectorAll(rule.find)) {
        if (rule.text !== null && found.textContent.trim() !== rule.text)
          continue;
        const hidden = rule.hide(found);
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
