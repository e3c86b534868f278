// Brings the environment's infrastructure into AWS by Terraform, and then the platform into the cluster that it made.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, root, say } from './commands.mjs';
import { checkContext } from './prerequisites.mjs';

export async function deployAws({ environment, changer, cluster, confirmChanges }) {
  const { terraform, kubernetes } = environment;
  const { change, dryRun } = changer;
  if (terraform === null || !existsSync(join(root, terraform)))
    throw failure(
      `${terraform} is not there: platform.yaml declares nothing of ${environment.name} that runs on AWS`,
      2,
    );
  const inRoot = (...words) => ['terraform', `-chdir=${terraform}`, ...words];

  return {
    backup: cluster.backup,
    deploy: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
      const file = join(folder, 'plan');
      try {
        await change(inRoot('init', '-input=false'));
        await change(inRoot('plan', '-input=false', '-lock-timeout=60s', `-out=${file}`));
        if (!dryRun) await confirmChanges('Apply exactly this plan?');
        await change(inRoot('apply', '-input=false', file));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      const { cluster: name, region } = kubernetes;
      if (name !== null) await change(['aws', 'eks', 'update-kubeconfig', '--name', name, '--region', region]);
      if (!dryRun) await checkContext(kubernetes, environment.name);
      await cluster.deploy();
    },
    rollBack: async () => {
      say('Infrastructure is mended forward: what Terraform replaced holds no data to return to. Services return:');
      await cluster.rollBack();
    },
  };
}
