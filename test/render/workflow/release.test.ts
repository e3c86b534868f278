// A platform that Argo CD delivers: the workflow proposes a digest to the first environment and applies nothing.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderWorkflow } from '../../../src/render/workflow';
import { workflowPlan } from '../fixtures/delivery';

const { delivery } = workflowPlan({});
const plan = workflowPlan({
  stages: delivery.stages.map((stage, index) => ({ ...stage, by: index === 0 ? 'release' : 'promotion' }) as const),
});
const files = renderWorkflow(plan);
const { jobs } = parse(files.find(({ path }) => path.startsWith('.github/'))?.body ?? '');

describe('with Argo CD', () => {
  it('has one job that releases, to the first environment', () => {
    const names = Object.keys(jobs).filter((id) => /^(?:deploy|release)-/.test(id));
    expect(names).toEqual(['release-staging']);
    expect(jobs['release-staging'].needs).toEqual(['publish']);
    expect(jobs['release-staging'].environment.name).toBe('staging');
  });

  it('writes to git and not to a cluster', () => {
    expect(jobs['release-staging'].permissions).toEqual({
      contents: 'write',
      'pull-requests': 'write',
      packages: 'read',
      attestations: 'read',
    });
    const text = JSON.stringify(jobs['release-staging']);
    expect(text).not.toMatch(/kubectl|aws-actions/);
    expect(files.some(({ path }) => path.endsWith('deploy.sh'))).toBe(false);
  });

  it('hands values on as data', () => {
    const step = jobs['release-staging'].steps.at(-1);
    expect(step.run).toBe('gh auth setup-git\nsh platform/gitops/promote.sh "$SERVICE" "$DIGEST" "$STAGE"\n');
    expect(step.env.DIGEST).toBe('${{ needs.publish.outputs.digest }}');
  });

  it('tells of failures only: what Argo CD brings there tells of itself', () => {
    expect(jobs.notify.if).not.toContain("== 'success'");
    expect(jobs.notify.needs).toContain('release-staging');
  });
});
