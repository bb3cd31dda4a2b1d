// A drawing that could not be saved outlives a reload of its tab.
(function () {
  'use strict';
  const key = 'office-unsaved:' + office.id;

  office.kept = {
    put(drawing) {
      if (office.isDecided)
        return;
      try {
        sessionStorage.setItem(key, JSON.stringify({ text: drawing.text, revision: drawing.revision, at: drawing.at }));
      } catch {
        // Too large for the browser's store: the page itself still has it.
      }
    },
    drop: () => sessionStorage.removeItem(key),

    /** Offers what an earlier visit of this tab left. */
    offer() {
      const found = office.isWorkflow && office.mayDesign && sessionStorage.getItem(key);
      if (!found)
        return;
      const kept = JSON.parse(found);
      office.banner.show('unsaved', `A drawing of ${office.time(kept.at)} was not saved when this tab was closed or reloaded. It is still here.`, [
        ['Save it now', () => office.saving.takeUp({ ...kept, publish: false, after: () => location.reload() })],
        ['Drop it', () => {
          office.kept.drop();
          office.banner.hide('unsaved');
        }],
      ]);
    },
  };
})();
