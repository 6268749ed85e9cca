import { goLive } from './live.js';
import { ask, byId, list, money, say, SignedOut } from './page.js';

const [signIn, signOut, refresh, panels] = ['sign-in', 'sign-out', 'refresh', 'panels'].map(byId);

/** Whether this page has shown somebody: then a 401 says that the session has ended since. */
let wasSignedIn = false;

function showUser({ sub, claims, logoutUrl }) {
  wasSignedIn = true;
  say('session', `Signed in as ${claims.name ?? sub} (${sub}).`);
  signOut.href = logoutUrl;
  signOut.hidden = false;
  signIn.hidden = true;
}

function showHome({ profile, basketCount, picks }) {
  say('home-profile', profile ? `Hello, ${profile.displayName}: ${profile.loyaltyTier}, ${profile.loyaltyPoints} points.` : 'Your profile is not known now.');
  say('home-basket', basketCount === null ? 'What is in your basket is not known now.' : `In your basket: ${basketCount}`);
  list('home-picks', picks.map(({ name, price }) => `${name}, ${money(price)}`));
  panels.hidden = false;
}

/** Nothing of somebody who has left stays in the page. */
function showNobody() {
  say('session', wasSignedIn ? 'Your session has ended.' : 'You are signed out.');
  signOut.removeAttribute('href');
  signOut.hidden = true;
  signIn.hidden = false;
  panels.hidden = true;
  for (const id of ['home-profile', 'home-basket', 'home-picks']) say(id, '');
}

async function show() {
  refresh.disabled = true;
  say('trouble', '');
  try {
    showUser(await ask('/bff/user'));
    showHome(await ask('/api/home'));
  } catch (error) {
    if (error instanceof SignedOut) showNobody();
    else say('trouble', `This did not work: ${error.message}`);
  }
  goLive();
  refresh.disabled = false;
}

refresh.addEventListener('click', show);
// Not only once: after a step back the browser shows the page as it left it, and the session may have ended since.
addEventListener('pageshow', show);
