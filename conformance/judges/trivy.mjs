// trivy's checks of configuration, those inside the program, on Dockerfiles and on the manifests that reach the cluster.
import { join } from 'node:path';
import { stringify } from 'yaml';
import { deployedManifests, objectsOf } from '../manifests.mjs';
import { edit, swap } from '../mutate.mjs';
import { pooled, run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const dockerfile = /(?:^|\/)Dockerfile$/;
const manifests = /\.yaml$/;

/** KSV-0125 knows the registries of clouds only; these are the ones that generated files may name. */
const registries = ['ghcr.io', 'docker.io', 'quay.io', 'registry.k8s.io', 'public.ecr.aws', 'docker.elastic.co'];

/**
 * KSV-01010 takes every number of three digits or more in a ConfigMap, such as a port, for a passport's, and the sender of a
 * service's mail for a person: the copy that trivy reads has a short number there, and no sender that nobody answers.
 */
const harmless = (value) => (/^\d+$/.test(value) ? '0' : value.replace(/^no-?reply@[\w.-]+$/, 'nobody'));

/**
 * KSV-01010 and KSV-0109 read every line of a script as a key and its value, `PGPASSWORD=$(cat FILE)` for a password and an option
 * for a name: of a script they see the lines that give such a name a text.
 */
const literalSecret = /(?:password|passwd|pwd|secret|token|key)\w*=(?!['"]?[$/]|\s|$)['"]?[^\s'"]{6,}/i;
const ofScript = (value) =>
  value.startsWith('#!')
    ? value
        .split('\n')
        .filter((line) => literalSecret.test(line))
        .join('\n')
    : value;

const withoutFalseAlarms = (object) => {
  if (object.kind !== 'ConfigMap') return object;
  const data = Object.entries(object.data ?? {}).map(([key, value]) => [key, harmless(ofScript(value))]);
  return { ...object, data: Object.fromEntries(data) };
};

/** One file for each object: in the report of several in one a message does not say whose it is. */
const separate = (file, text) =>
  objectsOf(text).map((object, index) => [
    `${file}.${index}.${object.kind}.${object.metadata.name.replaceAll(/[^\w.-]/g, '_')}.yaml`,
    stringify(withoutFalseAlarms(object)),
  ]);

/**
 * The results of one run, by file. Limits and quotas have runs of their own: checks that are meant for these kinds (KSV-0039,
 * KSV-0040) ask every object of a run as soon as one of them is in it.
 */
const scan = (copies) => {
  const data = JSON.stringify({ ksv0125: { trusted_registries: registries } });
  const files = new Map([...copies.map(([file, text]) => [`judged/${file}`, text]), ['data/registries.json', data]]);
  return withFolder(files, async (folder) => {
    const { code, stdout, stderr } = await run(
      'trivy',
      [
        'config',
        '--quiet',
        '--skip-check-update',
        '--skip-version-check',
        '--disable-telemetry',
        '--include-non-failures',
        '--format=json',
        '--k8s-version=1.35.0',
        `--config-data=${join(folder, 'data')}`,
        `--cache-dir=${join(folder, 'cache')}`,
        join(folder, 'judged'),
      ],
      { cwd: folder },
    );
    if (code !== 0) throw new Error(`trivy ended with ${code}: ${stderr.slice(-1000)}`);
    return (JSON.parse(stdout).Results ?? []).map((result) => [result.Target, result]);
  });
};

const web = (change) =>
  edit(manifests, (object) => {
    const pod = object.kind === 'Deployment' ? object.spec.template.spec : undefined;
    return pod === undefined ? false : change(pod.containers[0], pod, object);
  });

export const judge = {
  name: 'trivy',
  about: 'Dockerfiles and built manifests: every check of `trivy config`, whatever its severity',
  subjects: async (tree) => new Map([...matching(tree, dockerfile), ...(await deployedManifests(tree))]),
  examine: async (tree) => {
    const copies = [...tree].flatMap(([file, text]) => (manifests.test(file) ? separate(file, text) : [[file, text]]));
    const runs = new Map();
    for (const [file, text] of copies) {
      const [kind = 'others'] = /(?<=\.)(?:LimitRange|ResourceQuota)(?=\.)/.exec(file) ?? [];
      runs.set(kind, [...(runs.get(kind) ?? []), [file, text]]);
    }
    const results = new Map((await pooled(runs.values(), scan)).flat());
    const findings = [];
    // A file that it does not recognise is passed over without a word.
    for (const file of tree.keys()) {
      const own = [...results].filter(([target]) => target === file || target.startsWith(`${file}.`));
      if (!own.some(([, { MisconfSummary: summary }]) => summary?.Successes > 0))
        findings.push({ file, message: 'nothing was checked' });
    }
    for (const [file, { Misconfigurations: entries = [] }] of results) {
      for (const { ID, Status, Message, CauseMetadata } of entries) {
        if (Status === 'PASS') continue;
        findings.push({ file, line: CauseMetadata?.StartLine, message: `${ID} ${Status}: ${Message}` });
      }
    }
    return findings;
  },
  mutants: [
    { name: 'runs as root', mutate: swap(dockerfile, /^USER .*$/gm, 'USER root'), must: /DS-?0002/ },
    { name: 'no user', mutate: swap(dockerfile, /^USER .*$/gm, ''), must: /DS-?0002/ },
    { name: 'no health check', mutate: swap(dockerfile, /^HEALTHCHECK (?:.*\\\n)*.*$/m, ''), must: /DS-?0026/ },
    { name: 'base image by latest', mutate: swap(dockerfile, /^FROM \S+/m, 'FROM node:latest'), must: /DS-?0001/ },
    { name: 'port of ssh', mutate: swap(dockerfile, /^EXPOSE .*$/m, 'EXPOSE 22'), must: /DS-?0004/ },
    {
      name: 'privileged',
      mutate: web((container) => {
        container.securityContext.privileged = true;
      }),
      must: /KSV-?0017/,
    },
    {
      name: 'writable root file system',
      mutate: web((container) => {
        container.securityContext.readOnlyRootFilesystem = false;
      }),
      must: /KSV-?0014/,
    },
    {
      name: 'no CPU limit',
      mutate: web((container) => {
        delete container.resources.limits.cpu;
      }),
      must: /KSV-?0011/,
    },
    {
      name: 'network of the node',
      mutate: web((_, pod) => {
        pod.hostNetwork = true;
      }),
      must: /KSV-?0009/,
    },
    {
      name: 'registry that nobody trusts',
      mutate: web((container) => {
        container.image = `registry.invalid/${container.image}`;
      }),
      must: /KSV-?0125/,
    },
    {
      name: 'mail address in a ConfigMap',
      mutate: edit(manifests, (object) => {
        if (object.kind !== 'ConfigMap') return false;
        object.data.OWNER = 'someone@example.com';
        return true;
      }),
      must: /KSV-?01010/,
    },
    {
      name: 'password in a script of a ConfigMap',
      mutate: edit(manifests, (object) => {
        if (object.kind !== 'ConfigMap') return false;
        object.data['run.sh'] = '#!/bin/sh\nexport PGPASSWORD=correct-horse\n';
        return true;
      }),
      must: /KSV-?0109/,
    },
    {
      name: 'secret in a ConfigMap',
      mutate: edit(manifests, (object) => {
        if (object.kind !== 'ConfigMap') return false;
        object.data.DATABASE_PASSWORD = 'correct horse';
        return true;
      }),
      must: /KSV-?0109/,
    },
  ],
};
