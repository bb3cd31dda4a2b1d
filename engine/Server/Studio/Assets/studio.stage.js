// Puts the designer on the page, and says how far it is until the drawing stands.
(function () {
  'use strict';
  const name = office.isWorkflow ? 'elsa-workflow-definition-editor' : 'elsa-workflow-instance-viewer';
  const progress = document.getElementById('po-progress');
  const bar = progress.querySelector('progress');
  const parts = document.getElementById('po-parts');
  const all = 155;
  let here = 0;
  const watch = new PerformanceObserver(list => {
    here += list.getEntries().filter(entry => entry.name.includes('/studio/_')).length;
    bar.value = Math.min(95, 100 * here / all);
    if (here > 20)
      parts.textContent = here < all - 10 ? `Loading, ${Math.min(99, Math.round(100 * here / all))} % is here.` : 'Drawing.';
  });
  watch.observe({ type: 'resource', buffered: true });

  const element = document.createElement(name);
  element.setAttribute(office.isWorkflow ? 'definition-id' : 'instance-id', office.id);
  element.setAttribute('remote-endpoint', office.api);
  office.stage.append(element);
  customElements.whenDefined(name).then(() => {
    if (!office.isWorkflow)
      element.editWorkflowDefinition = id => office.leave('/studio/workflows/' + encodeURIComponent(id));
  });

  // A part that does not arrive leaves nothing to look at.
  const broken = () => {
    if (progress.isConnected)
      office.banner.show('bad', 'The drawing board could not be loaded. Nothing was changed.', [['Open it again', () => location.reload()]]);
  };
  addEventListener('unhandledrejection', broken);
  addEventListener('error', broken, true);

  // The drawing stands when steps are there, no more come and the designer waits for nothing: what is moved before that it shows, and saves only with the next change.
  let settling = 0;
  const drawn = new MutationObserver(() => {
    if (!element.querySelector('.x6-node'))
      return;
    clearTimeout(settling);
    settling = setTimeout(settle, 300);
  });
  drawn.observe(element, { childList: true, subtree: true });

  function settle() {
    if (office.saving.isReading)
      settling = setTimeout(settle, 200);
    else
      show();
  }

  function show() {
    drawn.disconnect();
    watch.disconnect();
    // The whole drawing first; the designer begins at its middle.
    element.querySelector('.mud-toolbar button')?.click();
    progress.remove();
    setTimeout(toBeginning, 100);
    office.drawnAfter = Math.round(performance.now());
    office.kept.offer();
  }

  // A long drawing is not made so small that nobody reads it: it shows where the workflow begins, as large as can be read.
  function toBeginning() {
    const paper = element.querySelector('.x6-graph');
    const sheet = paper?.querySelector('.x6-graph-svg-viewport');
    const readable = 0.7;
    const scale = () => sheet.getCTM().a;
    if (!sheet || scale() >= readable)
      return;

    const frame = paper.getBoundingClientRect();
    const at = (x, y, more) => ({ bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, ...more });
    const middle = [frame.left + frame.width / 2, frame.top + frame.height / 2];
    for (let turns = 0; turns < 12 && scale() < readable; turns++)
      paper.dispatchEvent(new WheelEvent('wheel', at(...middle, { deltaY: -100 })));

    const first = [...paper.querySelectorAll('.x6-node')].map(node => node.getBoundingClientRect()).reduce((a, b) => (b.left < a.left ? b : a));
    const svg = paper.querySelector('.x6-graph-svg');
    const [dx, dy] = [frame.left + 60 - first.left, middle[1] - first.height / 2 - first.top];
    svg.dispatchEvent(new MouseEvent('mousedown', at(...middle, { buttons: 1 })));
    for (const part of [0.5, 1])
      svg.dispatchEvent(new MouseEvent('mousemove', at(middle[0] + dx * part, middle[1] + dy * part, { buttons: 1 })));
    svg.dispatchEvent(new MouseEvent('mouseup', at(middle[0] + dx, middle[1] + dy)));
  }
})();
