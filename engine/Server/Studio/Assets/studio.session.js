// Who is signed in now; the page outlives the session it was opened in.
(function () {
  'use strict';

  /** @returns {Promise<'in'|'out'|'other'|'away'>} whether the same person is signed in and may draw. */
  office.session = async function () {
    try {
      const answer = await office.fetch('/studio/session', { headers: { Accept: 'application/json' }, cache: 'no-store', redirect: 'error' });
      if (answer.status === 401)
        return 'out';
      if (!answer.ok)
        return 'away';
      const session = await answer.json();
      return session.account === office.account && session.mayDesign ? 'in' : 'other';
    } catch {
      return 'away';
    }
  };
})();
