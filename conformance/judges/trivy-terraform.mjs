// trivy's checks of Terraform, those inside the program, on every root and the modules it calls.
import { join } from 'node:path';
import { swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { rootsIn, terraformFile } from '../terraform.mjs';
import { matching, withFolder } from '../tree.mjs';

const scan = (tree) =>
  withFolder(new Map([...tree].map(([file, text]) => [`judged/${file}`, text])), async (folder) => {
    const { code, stdout, stderr } = await run(
      'trivy',
      [
        'config',
        '--quiet',
        '--skip-check-update',
        '--skip-version-check',
        '--disable-telemetry',
        '--include-non-failures',
        '--misconfig-scanners=terraform',
        '--format=json',
        `--cache-dir=${join(folder, 'cache')}`,
        join(folder, 'judged'),
      ],
      { cwd: folder },
    );
    if (code !== 0) throw new Error(`trivy ended with ${code}: ${stderr.slice(-1000)}`);
    return JSON.parse(stdout).Results ?? [];
  });

const main = /modules\/.*\.tf$/;

export const judge = {
  name: 'trivy-terraform',
  platform: true,
  about: 'platform/terraform: every check of `trivy config`, whatever its severity',
  subjects: (tree) => matching(tree, terraformFile),
  examine: async (tree) => {
    const results = await scan(tree);
    // A root that it cannot read is passed over without a word.
    const silent = rootsIn(tree).filter(
      (root) => !results.some(({ Target, MisconfSummary: summary }) => Target === root && summary?.Successes > 0),
    );
    const findings = results.flatMap(({ Target, Misconfigurations: entries = [] }) =>
      entries
        .filter(({ Status }) => Status !== 'PASS')
        .map(({ ID, Status, Message, CauseMetadata: cause }) => ({
          file: Target,
          line: cause?.StartLine,
          message: `${ID} ${Status}: ${Message} (${cause?.Resource})`,
        })),
    );
    return [...silent.map((file) => ({ file, message: 'nothing was checked' })), ...findings];
  },
  mutants: [
    {
      name: 'the API of the cluster open to everybody',
      mutate: swap(
        main,
        /endpoint_public_access +=.*(?:\n +public_access_cidrs.*)?/,
        'endpoint_public_access = true\n    public_access_cidrs = ["0.0.0.0/0"]',
      ),
      must: /AWS-004[01]/,
    },
    {
      name: 'secrets of the cluster in clear',
      mutate: swap(main, /^ {2}encryption_config \{[\s\S]*?^ {2}\}\n/m, ''),
      must: /AWS-0039/,
    },
    {
      name: 'metadata of the node without a token',
      mutate: swap(main, /http_tokens +=.*/, 'http_tokens = "optional"'),
      must: /AWS-0130/,
    },
    {
      name: 'key that is never rotated',
      mutate: swap(main, /enable_key_rotation +=.*/, 'enable_key_rotation = false'),
      must: /AWS-0065/,
    },
    {
      name: 'bucket that is open',
      mutate: swap(main, /block_public_acls +=.*/, 'block_public_acls = false'),
      must: /AWS-0086/,
    },
    {
      name: 'network without flow logs',
      mutate: swap(main, /^resource "aws_flow_log"[\s\S]*?^}\n/m, ''),
      must: /AWS-0178/,
    },
  ],
};
