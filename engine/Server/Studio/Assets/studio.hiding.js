// What is made for programmers stays out of sight. The places belong to the version of the designer that is pinned; a test says when one is gone.
(function () {
  'use strict';
  const tab = text => ({ name: `tab ${text}`, find: '.mud-tab', text, hide: found => found.closest('.mud-tooltip-root') ?? found });
  const section = text => ({ name: `section ${text}`, find: '.mud-typography-overline', text, hide: found => found.parentElement });
  // Where a value is kept, and what it is in a test of the designer's own: the row's buttons come into sight instead.
  const columns = { name: 'columns of the variables', find: 'th', text: 'Storage', hide: found => found.closest('table'), as: 'po-lean', comes: 'late' };
  const field = text => ({ name: `field ${text}`, find: '.mud-dialog label', text, hide: found => found.closest('.mud-input-control'), comes: 'late' });
  const row = text => ({ name: `row ${text}`, find: '.mud-simple-table td', text, hide: found => found.closest('tr') });
  const drawing = [
    ...['Code View', 'Test', 'Commit Strategy', 'Log', 'Info', 'Version history'].map(tab),
    ...['Settings', 'Commit Strategy', 'Activity', 'Information'].map(section),
    columns,
    ...['Id', 'Is array', 'Storage'].map(field),
  ];
  const rules = !office.isWorkflow
    ? [
      ...['Activity Call Stack', office.id].map(tab),
      ...['ID', 'Definition ID', 'Definition version ID', 'Structured Logs', 'Incident Strategy', 'Sub status', 'Workflow State'].map(row),
      // Nothing runs under a correlation of its own unless its workflow says so.
      { ...row('Correlation ID'), comes: 'late' },
    ]
    : office.mayDesign
      // Whoever draws is never to lose a drawing by a switch.
      ? [...drawing, { name: 'switch Auto-save', find: '.mud-switch', text: 'Auto-save', hide: found => found.closest('.mud-tooltip-root') }]
      // The page says it in its own words.
      : [...drawing, { name: 'bar of who may not', find: '.mud-alert-filled-warning', text: null, hide: found => found }];
  const seen = Object.fromEntries(rules.filter(rule => !rule.comes).map(rule => [rule.name, 0]));

  function look() {
    for (const rule of rules) {
      for (const found of (rule.comes ? document : office.stage).querySelectorAll(rule.find)) {
        if (rule.text !== null && found.textContent.trim() !== rule.text)
          continue;
        const hidden = rule.hide(found);
        const as = rule.as ?? 'po-hidden';
        if (!hidden.classList.contains(as)) {
          hidden.classList.add(as);
          if (!rule.comes)
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
