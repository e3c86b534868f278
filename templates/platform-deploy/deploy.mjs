// Deploys the platform: looks, tests, backs up, deploys, waits, asks the public routes, and returns to what ran before when that fails.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { deployAws } from './aws.mjs';
import { changer as changerFor, failure, heading, root, say } from './commands.mjs';
import { deployDocker, refuseStrategy as refuseForDocker } from './docker.mjs';
import { deployKubernetes, refuseStrategy as refuseForKubernetes } from './kubernetes.mjs';
import { checkAccount, checkContext, checkTools, isAtLeast } from './prerequisites.mjs';

const plan = JSON.parse(readFileSync(new URL('settings.json', import.meta.url), 'utf8'));
const targets = ['docker', 'kubernetes', 'aws'];
const strategies = ['rolling', 'blue-green', 'canary'];

const usage = `usage: deploy -e ENVIRONMENT -t TARGET [options]
  -e, --environment   ${plan.environments.map(({ name }) => name).join(', ')}
  -t, --target        ${targets.join(', ')}
      --service       one service instead of everything
      --digest        its image, sha256:…; without it that of the environment before
      --strategy      ${strategies.join(', ')}: refused where the target cannot do it, or another one is declared
      --rollback      return to the version before instead of deploying
      --dry-run       look and show what would be run; nothing is changed
      --skip-tests    without the tests of the services
      --skip-backup   without a backup before
      --yes           do not ask before a gated environment is changed
      --help`;

function optionsOf(argv) {
  const flag = { type: 'boolean', default: false };
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        environment: { type: 'string', short: 'e' },
        target: { type: 'string', short: 't' },
        service: { type: 'string' },
        digest: { type: 'string' },
        strategy: { type: 'string' },
        rollback: flag,
        'dry-run': flag,
        'skip-tests': flag,
        'skip-backup': flag,
        yes: flag,
        help: { ...flag, short: 'h' },
      },
    });
    return { ...values, service: values.service ?? null, digest: values.digest ?? null };
  } catch (error) {
    throw failure(`${error.message}\n\n${usage}`, 2);
  }
}

const among = (what, value, known) => {
  if (!known.includes(value))
    throw failure(`${what} is one of ${known.join(', ')}, not ${value ?? 'left out'}\n\n${usage}`, 2);
};

/** The environment as planned, when everything that was asked for exists there. */
function chosenEnvironment(options) {
  const { environment: name, target, service, digest, strategy, rollback } = options;
  among(
    '--environment',
    name,
    plan.environments.map((each) => each.name),
  );
  among('--target', target, targets);
  if (strategy !== undefined) among('--strategy', strategy, strategies);
  if (digest !== null && !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw failure(`--digest is sha256: and 64 digits, not ${digest}`, 2);
  if (digest !== null && (service === null || rollback || target === 'docker'))
    throw failure('--digest is the image of one --service that is deployed to a cluster', 2);
  const environment = plan.environments.find((each) => each.name === name);
  const there = target === 'docker' ? environment.docker : environment.kubernetes;
  if (there === null) throw failure(`${name} does not run in a cluster: use -t docker`, 2);
  const names = target === 'docker' ? there.services : there.services.map((each) => each.service);
  if (service !== null) among('--service', service, names);
  if (strategy !== undefined)
    (target === 'docker' ? refuseForDocker : refuseForKubernetes)(environment, strategy, options);
  return environment;
}

/** One answer from the terminal, or from a pipe; none at the end of the input. */
async function answerTo(question) {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  process.stderr.write(question);
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}

async function confirm({ name, gated }, { yes, 'dry-run': dryRun }) {
  if (!gated || yes || dryRun) return;
  if ((await answerTo(`This changes ${name}. Type its name to go on: `)) !== name)
    throw failure('not confirmed: nothing was changed');
}

const confirmChanges =
  ({ gated }, { yes }) =>
  async (question) => {
    if (gated && !yes && (await answerTo(`${question} yes/no: `)) !== 'yes')
      throw failure('not confirmed: nothing was applied');
  };

/** As the workflows do it: the servers that a service's tests use, its tests, and the servers away again. */
async function runTests({ change, attempt }, { service: only }) {
  const tests = plan.tests.filter(({ service }) => only === null || service === only);
  if (tests.length === 0) say('no tests are declared');
  for (const { service, folder, command, servers, serversSeconds, variables } of tests) {
    const cwd = join(root, folder);
    const compose = (...words) => ['docker', 'compose', '--file', servers, ...words];
    say(`tests of ${service}`);
    try {
      if (servers !== null)
        await change(compose('up', '--detach', '--wait', '--wait-timeout', String(serversSeconds)), { cwd });
      const given = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
      if (!(await attempt(command, { cwd, variables: given })))
        throw failure(`the tests of ${service} fail: nothing was deployed`);
    } finally {
      if (servers !== null) await attempt(compose('down', '--volumes'), { cwd });
    }
  }
}

async function checkPlace(environment, target) {
  if (target === 'docker') return;
  const { kubernetes } = environment;
  // The account is asked for wherever it is declared: the right name in the wrong account is the worst place to be.
  if (target === 'aws' || kubernetes.account !== null) await checkAccount(kubernetes, environment.name);
  // On AWS the cluster may not be there yet: it is looked at when Terraform is done.
  if (target === 'kubernetes') await checkContext(kubernetes, environment.name);
}

async function deployerFor(input) {
  const { environment, options } = input;
  if (options.target === 'docker') return deployDocker(input);
  const cluster = await deployKubernetes(input);
  if (options.target === 'kubernetes') return cluster;
  return deployAws({ ...input, cluster, confirmChanges: confirmChanges(environment, options) });
}

async function main(argv) {
  const options = optionsOf(argv);
  if (options.help) {
    say(usage);
    return;
  }
  const environment = chosenEnvironment(options);
  const { target } = options;
  const changer = changerFor(options['dry-run']);
  heading(
    `${options.rollback ? 'Return' : 'Deploy'}: ${options.service ?? 'everything'} in ${environment.name}, ${target}`,
  );
  if (changer.dryRun) say('a dry run: nothing is changed');

  heading('Prerequisites');
  if (!isAtLeast(process.versions.node, plan.nodeMinimum))
    throw failure(`Node.js has to be ${plan.nodeMinimum} or later`);
  await checkTools(plan.tools, target, environment.kubernetes?.delivery ?? null);
  await checkPlace(environment, target);

  const deployer = await deployerFor({ environment, plan, options, changer });
  await confirm(environment, options);
  if (options.rollback) {
    heading('Return to the version before');
    await deployer.rollBack();
    say('\nreturned');
    return;
  }
  if (!options['skip-tests']) {
    heading('Tests');
    await runTests(changer, options);
  }
  if (!options['skip-backup']) {
    heading('Backup');
    await deployer.backup();
  }
  heading('Deploy, wait, ask');
  await deployer.deploy();
  say(changer.dryRun ? '\nnothing was changed' : '\ndeployed');
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`\n${error.exitCode === undefined ? error.stack : error.message}\n`);
  process.exitCode = error.exitCode ?? 1;
});
