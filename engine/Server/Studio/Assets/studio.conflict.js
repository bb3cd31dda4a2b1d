// Somebody else saved the same workflow meanwhile: theirs stands, ours is kept, and whoever draws chooses.
(function () {
  'use strict';

  async function newest() {
    try {
      const answer = await office.fetch(`${office.api}/workflow-definitions/by-definition-id/${encodeURIComponent(office.id)}?versionOptions=Latest`, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  /** The drawing alone, its parts in one order; what the office adds to every answer is left out. */
  function drawing(model) {
    const plain = value => Array.isArray(value) ? value.map(plain)
      : value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().filter(key => key !== 'nodeId' && key !== 'revision' && value[key] !== null).map(key => [key, plain(value[key])]))
      : value;
    const { name, description, variables, inputs, outputs, root } = model;
    return JSON.stringify(plain({ name, description, variables, inputs, outputs, root }));
  }

  /** What the designer still sends for the old drawing keeps nobody here. */
  function decided() {
    office.saving.forget();
    office.isDecided = true;
  }

  async function keepCopy(kept) {
    const { model } = JSON.parse(kept.text);
    const { revision, ...customProperties } = model.customProperties ?? {};
    const copy = { ...model, id: null, definitionId: null, name: `${model.name || office.id} (copy of ${office.time(kept.at)})`, customProperties, links: null, isPublished: false };
    try {
      const answer = await office.saving.post(JSON.stringify({ model: copy, publish: false }));
      if (!answer.ok)
        throw new Error();
      const made = (await answer.json()).workflowDefinition;
      decided();
      location.assign(`/studio/workflows/${encodeURIComponent(made.definitionId)}`);
    } catch {
      show(kept, 'The copy could not be saved either.');
    }
  }

  function show(kept, words) {
    office.banner.show('conflict', `${words || 'Somebody else changed this workflow while you had it open.'} Your own drawing is still here.`, [
      ['Keep mine as a new workflow', () => keepCopy(kept)],
      ['Open the newest, drop mine', () => {
        decided();
        location.reload();
      }],
    ]);
  }

  office.conflict = { newest, show, isSame: (mine, theirs) => drawing(mine) === drawing(theirs) };
})();
