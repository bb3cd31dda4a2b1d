// Where the page goes: never away from a drawing that is not saved, and to pages of ours where the designer only changes the address.
(function () {
  'use strict';
  const settled = 800;
  let touched = 0;
  for (const kind of ['pointerup', 'keyup', 'input'])
    office.stage.addEventListener(kind, () => touched = Date.now(), { capture: true, passive: true });

  /** Goes to a page when what was drawn last is saved; the designer sends it half a second after the last change. */
  async function leave(address) {
    while (Date.now() - touched < settled)
      await office.wait(100);
    for (let waited = 0; office.saving.isBusy && waited < 3000; waited += 100)
      await office.wait(100);
    location.assign(address);
  }

  for (const name of ['pushState', 'replaceState']) {
    const original = history[name].bind(history);
    history[name] = function (state, title, address) {
      const path = address ? new URL(address, document.baseURI).pathname : '';
      const instance = /\/workflows\/instances\/([^/]+)\/view$/.exec(path);
      const definition = /\/workflows\/definitions\/([^/]+)\/edit$/.exec(path);
      if (instance)
        leave('/studio/instances/' + instance[1]);
      else if (definition)
        leave('/studio/workflows/' + definition[1]);
      else
        original(state, title, address);
    };
  }

  document.querySelector('.po-back').addEventListener('click', event => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    event.preventDefault();
    leave(event.currentTarget.href);
  });
  addEventListener('beforeunload', event => {
    if (office.saving.isBusy && !office.isDecided)
      event.preventDefault();
  });
  office.leave = leave;
})();
