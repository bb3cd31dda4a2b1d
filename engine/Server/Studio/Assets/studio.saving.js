// Stands in front of fetch. The designer says nothing when a save fails, so this does; it keeps what was not saved and sends it again.
(function () {
  'use strict';
  const address = office.api + '/workflow-definitions';
  const pauses = [1500, 2500, 4000, 5000];
  /** Revisions that this page has loaded or made itself, and the newest of them. */
  const own = new Set();
  let newest = null;
  /** The newest drawing that the office does not have yet. */
  let unsaved = null;
  /** Drawings that went out and got no answer: the office may have one of them. */
  let unanswered = [];
  let turn = Promise.resolve();
  let tries = 0;
  let timer = 0;
  let flying = 0;
  let reading = 0;

  window.fetch = async function (input, init) {
    const request = { url: new URL(typeof input === 'string' ? input : input.url, document.baseURI).href, method: (init?.method ?? input.method ?? 'GET').toUpperCase() };
    if (!request.url.startsWith(office.api))
      return office.fetch(input, init);
    if (request.method === 'POST' && request.url === address && init?.body) {
      const text = typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body);
      const body = JSON.parse(text);
      if (body.model?.definitionId === office.id)
        return save({ text, publish: body.publish === true, revision: body.model.customProperties?.revision ?? null, at: Date.now() });
    }
    reading++;
    try {
      return await pass(request, input, init);
    } finally {
      reading--;
    }
  };

  /**
   * Everything but saves. A designer that is answered with an error while it reads ends for good, and with it what is drawn: so reading waits
   * until the office answers or somebody is signed in again.
   */
  async function pass(request, input, init) {
    const reads = request.method === 'GET';
    for (let tried = 0; ; tried++) {
      let answer = null;
      try {
        answer = await office.fetch(input, init);
      } catch (problem) {
        if (init?.signal?.aborted)
          throw problem;
      }
      // Asked before each save of a name; the save that follows is what counts, and what is kept.
      if (request.url.includes('/validation/is-name-unique') && !answer?.ok)
        return new Response('{"isUnique":true}', { headers: { 'Content-Type': 'application/json' } });
      if (answer?.ok) {
        office.banner.hide('away');
        if ((reads && request.url.includes('/workflow-definitions/by-definition-id/')) || request.url.endsWith('/retract'))
          learn(await answer.clone().json().catch(() => null));
        return answer;
      }
      if (!answer)
        away();
      else if (answer.status === 401 && !unsaved)
        signIn('You are no longer signed in.');
      else if (answer.status >= 500)
        office.banner.show('bad', 'Something went wrong in the office’s program, and this part of the page may be missing. Open the page again; if it happens again, tell whoever looks after the office.', [['Open it again', () => location.reload()]]);
      if (!reads || (answer && answer.status !== 401))
        return !answer ? unavailable() : reads ? answer : forDesigner(answer);
      await office.wait(pauses[Math.min(tried, pauses.length - 1)]);
      init?.signal?.throwIfAborted();
    }
  }

  function away() {
    if (!unsaved)
      office.banner.show('away', 'The office’s program does not answer. This page goes on by itself as soon as it does; please leave it open.');
  }

  function learn(definition) {
    const revision = definition?.customProperties?.revision;
    if (definition?.definitionId !== office.id || !revision)
      return;
    if (own.size === 0)
      office.say('All changes are saved');
    own.add(revision);
    newest = revision;
  }

  /** Saves go one after the other: the designer does not wait for one before it sends the next. */
  function save(drawing) {
    unsaved = drawing;
    office.kept.put(drawing);
    office.say('Saving …', 'busy');
    flying++;
    const answer = turn.then(() => deliver(drawing)).finally(() => flying--);
    turn = answer.catch(() => { });
    return answer;
  }

  async function deliver(drawing) {
    // A save of our own may have come between the designer's last look and this: to the office it is the same hand.
    const revision = own.has(drawing.revision) ? newest : drawing.revision;
    const text = revision === drawing.revision ? drawing.text : drawing.text.replaceAll(`"revision":${JSON.stringify(drawing.revision)}`, `"revision":${JSON.stringify(revision)}`);
    let answer;
    try {
      answer = await post(text);
    } catch {
      unanswered.push(drawing);
      failed(drawing, 'away');
      return unavailable();
    }

    if (answer.ok) {
      unanswered = [];
      await saved(drawing, answer.clone());
    } else if (answer.status === 400) {
      return refused(drawing, answer, revision);
    } else {
      failed(drawing, answer.status === 401 ? 'out' : answer.status === 403 ? 'other' : answer.status >= 502 && answer.status <= 504 ? 'away' : 'broken', await words(answer.clone()));
    }

    return forDesigner(answer);
  }

  function post(text) {
    return office.fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: text, signal: AbortSignal.timeout(60000) });
  }

  async function saved(drawing, answer) {
    learn((await answer.json().catch(() => ({}))).workflowDefinition);
    if (unsaved !== drawing)
      return;
    unsaved = null;
    tries = 0;
    clearTimeout(timer);
    office.kept.drop();
    const at = office.time(Date.now());
    if (drawing.publish)
      office.banner.hide('refused');
    if (['unsaved', 'conflict'].includes(office.banner.kind))
      office.banner.show('good', drawing.publishLater ? `Saved again at ${at}. It was not published: press Publish once more.` : `Saved again at ${at}.`);
    office.banner.hide('away');
    office.say(drawing.publish ? `Published ${at}` : `All changes saved ${at}`, 'good');
    drawing.after?.();
  }

  /** 400: somebody else was faster, or it cannot be published as it is. */
  async function refused(drawing, answer, revision) {
    const theirs = await office.conflict.newest();
    if (theirs && revision && theirs.customProperties?.revision !== revision) {
      const arrived = unanswered.find(lost => office.conflict.isSame(JSON.parse(lost.text).model, theirs));
      if (arrived) {
        // It had arrived; only the answer was lost. So what stands there is our own.
        unanswered = [];
        own.add(drawing.revision);
        learn(theirs);
        return deliver(drawing);
      }
      if (unsaved === drawing) {
        office.say('Not saved', 'bad');
        office.conflict.show(drawing, await words(answer.clone()));
      }
      return answer;
    }

    const reasons = await words(answer.clone());
    if (!drawing.publish) {
      failed(drawing, 'broken', reasons);
      return answer;
    }

    // What is not ready to be published is saved all the same.
    const draft = { ...drawing, text: withoutPublish(drawing.text), publish: false };
    if (unsaved === drawing)
      unsaved = draft;
    await deliver(draft);
    office.banner.show('refused', `Not published yet. ${reasons}`, [['Close', () => office.banner.hide('refused')]]);
    return answer;
  }

  function failed(drawing, why, reasons = '') {
    if (unsaved !== drawing)
      return;
    if (drawing.publish)
      unsaved = Object.assign(drawing, { text: withoutPublish(drawing.text), publish: false, publishLater: true });
    office.say('Not saved', 'bad');
    const here = 'Your drawing is still here.';
    const again = ['Try again', () => office.saving.again()];
    if (why === 'out')
      signIn(`Not saved: you are no longer signed in. ${here}`);
    else if (why === 'other')
      office.banner.show('unsaved', `Not saved: who is signed in now may not change workflows. ${here} ${reasons}`, [['Sign in in another tab', '/sign-in'], again]);
    else if (why === 'away')
      office.banner.show('unsaved', `Not saved: the office’s program does not answer. ${here} It is saved as soon as the program answers again.`, [again]);
    else
      office.banner.show('unsaved', `Not saved. ${reasons || 'Something went wrong in the office’s program.'} ${here}`, [again]);
    clearTimeout(timer);
    timer = setTimeout(() => office.saving.again(), why === 'broken' ? 15000 : pauses[Math.min(tries++, pauses.length - 1)]);
  }

  function signIn(words) {
    office.banner.show('unsaved', `${words} Sign in in another tab; this page notices.`, [['Sign in in another tab', '/sign-in'], ['Try again', () => office.saving.again()]]);
  }

  /** The designer sends again by itself what fails with 5xx, later and over newer drawings: it gets a refusal that it takes for an answer. */
  const unavailable = () => new Response(JSON.stringify({ title: 'The office’s program does not answer.' }), { status: 409, headers: { 'Content-Type': 'application/problem+json' } });
  const forDesigner = answer => answer.status >= 500 || answer.status === 408 || answer.status === 429 ? unavailable() : answer;

  const withoutPublish = text => /"publish":\s*true\s*\}\s*$/.test(text)
    ? text.replace(/"publish":\s*true\s*\}\s*$/, '"publish":false}')
    : JSON.stringify({ ...JSON.parse(text), publish: false });

  /** What an answer says to people. */
  async function words(answer) {
    const body = await answer.json().catch(() => null);
    return body?.errors ? Object.values(body.errors).flat().join(' ') : body?.detail ?? body?.title ?? '';
  }

  office.saving = {
    get unsaved() { return unsaved; },
    /** Whether something is on its way or not yet saved. */
    get isBusy() { return flying > 0 || unsaved !== null; },
    /** Whether the designer waits for something that it asked for. */
    get isReading() { return reading > 0; },
    save,
    /** Takes up a drawing that an earlier visit left; it may have arrived there. */
    takeUp(drawing) {
      unanswered.push(drawing);
      return save(drawing);
    },
    post,
    forget() {
      unsaved = null;
      clearTimeout(timer);
      office.kept.drop();
    },
    /** Sends the newest unsaved drawing again, when who drew it is there. */
    async again() {
      clearTimeout(timer);
      const drawing = unsaved;
      const session = await office.session();
      if (!drawing || unsaved !== drawing) {
        if (session === 'in')
          office.banner.hide('unsaved', 'away');
        return;
      }
      if (session !== 'in')
        failed(drawing, session);
      else if (flying === 0)
        await save(drawing);
    },
  };
  addEventListener('focus', () => {
    if (office.banner.kind === 'unsaved')
      office.saving.again();
  });
})();
