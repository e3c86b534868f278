// Asks the public routes as a client does, by the name of the host, until all answer as they should or the time is over.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { failure, say } from './commands.mjs';

/** One GET at an address under the name of a host; answers `{ status }` or `{ error }`. */
const ask = ({ address, port, authority }, { host, path }) =>
  new Promise((resolve) => {
    const options = {
      host: address,
      port,
      path,
      servername: host,
      headers: { Host: host, 'User-Agent': 'groundwork-deploy' },
      timeout: 10_000,
      agent: false,
      ...(authority === null ? {} : { ca: authority }),
    };
    const sent = request(options, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode }));
      response.on('error', (error) => resolve({ error: error.code ?? error.message }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer within 10 s')));
    sent.on('error', (error) => resolve({ error: error.code ?? error.message }));
    sent.end();
  });

const isRight = ({ status }, { wants }) => status !== undefined && status < (wants === 'success' ? 400 : 500);

const words = ({ status, error }) => (status === undefined ? `no answer (${error})` : `HTTP ${status}`);

/** `place`: `{ address, port, authority }`, the authority as a file or null for those that the machine trusts. */
export async function verify(checks, place, { seconds, intervalSeconds, successes }) {
  if (checks.length === 0) {
    say('no public route: nothing to ask');
    return;
  }
  const authority = place.authority === null ? null : readFileSync(place.authority);
  const end = Date.now() + seconds * 1000;
  const wrong = [];
  for (const check of checks) {
    let row = 0;
    let answer = {};
    while (row < successes) {
      answer = await ask({ ...place, authority }, check);
      row = isRight(answer, check) ? row + 1 : 0;
      if (row === 0 && Date.now() > end) break;
      if (row < successes) await pause(intervalSeconds * 1000);
    }
    say(
      `${row === successes ? 'ok' : 'FAILED'}: https://${check.host}${check.path} (${check.service}): ${words(answer)}`,
    );
    if (row < successes) wrong.push(`${check.host}${check.path}`);
  }
  if (wrong.length > 0) throw failure(`not healthy: ${wrong.join(', ')}`);
}
