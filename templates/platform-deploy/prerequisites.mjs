// Looks whether everything is there before anything is changed: tools in a version that knows what is asked of it, and the right account.
import { failure, look, read, say } from './commands.mjs';

const numbers = (text) => {
  const [, major, minor, patch] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined ? null : [Number(major), Number(minor), Number(patch ?? 0)];
};

export const isAtLeast = (found, minimum) => {
  const [a, b] = [numbers(found), numbers(minimum)];
  if (a === null || b === null) return false;
  const different = a.findIndex((number, index) => number !== b[index]);
  return different === -1 || a[different] > b[different];
};

/** Every tool that is missing or too old, in one message. */
export async function checkTools(tools, target, delivery) {
  const wanted = tools.filter(
    (tool) => tool.targets.includes(target) && (tool.delivery === null || tool.delivery === delivery),
  );
  const troubles = [];
  for (const { name, command, minimum, why } of wanted) {
    const { code, text, errors } = await look(command);
    const [first = ''] = `${text}\n${errors}`.trim().split('\n');
    if (code !== 0) troubles.push(`${name} ${minimum} or later is not there or does not answer (${why}): ${first}`);
    else if (!isAtLeast(text, minimum))
      troubles.push(`${name} has to be ${minimum} or later (${why}); found: ${first}`);
    else say(`${name}: ${first.replace(/^clientVersion:$/, 'there')}`);
  }
  if (troubles.length > 0) throw failure(troubles.join('\n'));
}

/** The account that the AWS client speaks for is the environment's own. */
export async function checkAccount({ account }, environment) {
  if (account === null) return;
  const found = await read(['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']);
  if (found !== account)
    throw failure(
      `${environment} is in the account ${account}, and the AWS client speaks for ${found}: switch the profile`,
    );
  say(`account: ${found}`);
}

/** The cluster that kubectl speaks to is the environment's own. EKS names it by its ARN, in which the account stands. */
export async function checkContext({ cluster, account, region }, environment) {
  const found = await read(['kubectl', 'config', 'view', '--minify', '--output', 'jsonpath={.clusters[0].name}']);
  if (cluster === null) {
    say(`cluster: ${found} (none is declared)`);
    return;
  }
  const arn = account === null ? null : `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
  const isRight = found.startsWith('arn:')
    ? arn === null
      ? found.endsWith(`:cluster/${cluster}`)
      : found === arn
    : found === cluster;
  if (!isRight)
    throw failure(
      `${environment} is the cluster ${arn ?? cluster}, and kubectl speaks to ${found}: aws eks update-kubeconfig --name ${cluster} --region ${region}`,
    );
  say(`cluster: ${found}`);
}
