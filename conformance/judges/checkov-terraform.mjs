// checkov's Terraform checks, on every root and the modules it calls.
import { readFile } from 'node:fs/promises';
import { checkov, endCheckov } from '../checkov.mjs';
import { swap } from '../mutate.mjs';
import { terraformFile } from '../terraform.mjs';
import { matching } from '../tree.mjs';

const waived = async () => {
  const list = JSON.parse(await readFile(new URL('../waivers.json', import.meta.url), 'utf8'));
  return list.filter(({ judge: name }) => name === 'checkov').map(({ check }) => check);
};

/** A waiver stands in the module with its reason, and in the one list of allowed waivers, or it is a finding. */
const isWaived = (message, checks) => checks.some((check) => message.startsWith(`${check} skipped by the file`));

/**
 * CKV_AWS_360 compares the days of DocumentDB's backups as they are written and fails itself on a variable: the copy that checkov
 * reads has the number that the root hands on.
 */
const readable = (tree) => {
  const days = [...tree.values()].flatMap((text) =>
    [...text.matchAll(/source = "[./]*modules\/mongodb"[\s\S]*?backup_retention_days = (\d+)/g)].map(([, number]) =>
      Number(number),
    ),
  );
  const written = (text) =>
    text.includes('aws_docdb_cluster') && days.length > 0
      ? text.replace('= var.backup_retention_days', `= ${Math.min(...days)}`)
      : text;
  return new Map([...tree].map(([path, text]) => [path, written(text)]));
};

const main = /modules\/.*\.tf$/;

export const judge = {
  name: 'checkov-terraform',
  platform: true,
  about: 'platform/terraform: every check of checkov fatal; only what waivers.json allows may be waived',
  subjects: (tree) => matching(tree, terraformFile),
  examine: async (tree) => {
    const checks = await waived();
    return (await checkov('terraform', readable(tree))).filter(({ message }) => !isWaived(message, checks));
  },
  end: endCheckov,
  mutants: [
    {
      name: 'public endpoint for everybody',
      mutate: swap(
        main,
        /endpoint_public_access +=.*/,
        'endpoint_public_access = true\n    public_access_cidrs = ["0.0.0.0/0"]',
      ),
      must: /CKV_AWS_3[89]/,
    },
    {
      name: 'secrets of the cluster in clear',
      mutate: swap(main, /^ {2}encryption_config \{[\s\S]*?^ {2}\}\n/m, ''),
      must: /CKV_AWS_58/,
    },
    {
      name: 'key that is never rotated',
      mutate: swap(main, /enable_key_rotation += true/, 'enable_key_rotation = false'),
      must: /CKV_AWS_7\b/,
    },
    {
      name: 'logs without a key',
      mutate: swap(main, /(resource "aws_cloudwatch_log_group"[\s\S]*?)kms_key_id.*\n/, '$1\n'),
      must: /CKV_AWS_158/,
    },
    {
      name: 'bucket that is open',
      mutate: swap(main, /block_public_acls +=.*/, 'block_public_acls = false'),
      must: /CKV_AWS_53/,
    },
    {
      name: 'waiver that nobody allowed',
      mutate: swap(main, /^(resource "aws_kms_key" .*)$/m, '$1\n  #checkov:skip=CKV_AWS_7:no'),
      must: /CKV_AWS_7 skipped/,
    },
  ],
};
