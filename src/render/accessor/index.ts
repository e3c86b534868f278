// Turns the plan's variables into env.generated.ts: the environment as the service's code sees it, typed and checked.
import type { ServicePlan, VariablePlan, VariableType } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';

const types: Readonly<Record<VariableType, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  url: 'string',
  list: 'readonly string[]',
};

function reader({ name, required, type }: VariablePlan): string {
  const call = `'${name}', ${required}`;
  if (type === 'integer') return `read.number(${call}, true)`;
  if (type === 'number') return `read.number(${call}, false)`;
  return `read.${type}(${call})`;
}

const file = (body: string): GeneratedFile => ({
  at: 'service',
  path: 'src/env.generated.ts',
  body,
  comment: 'slash',
  executable: false,
});

/** Nothing for a service in plain JavaScript: types would be lost on it. */
export function renderAccessor(plan: ServicePlan): readonly GeneratedFile[] {
  const { build, identity, variables } = plan;
  if (build.shape === 'static') {
    const compiled = build.buildArguments.map(({ name }) => ({
      name,
      description: 'Compiled in when the site is built',
    }));
    return [file(renderTemplate('accessor/env.generated.site.ts', { service: identity.name, variables: compiled }))];
  }
  if (!build.typescript) return [];
  const { metrics } = plan.base.monitoring;
  return [
    file(
      renderTemplate('accessor/env.generated.ts', {
        service: identity.name,
        variables: variables.map((variable) => ({
          name: variable.name,
          description: variable.description,
          origin: variable.origin,
          required: variable.required,
          type: types[variable.type],
          reader: reader(variable),
        })),
        hasBuckets: metrics !== null,
        buckets: plan.histogramBucketsSeconds,
        histogram: metrics?.histogram ?? '',
        statusLabel: metrics?.statusLabel ?? '',
        routeLabel: metrics?.routeLabel ?? '',
      }),
    ),
  ];
}
