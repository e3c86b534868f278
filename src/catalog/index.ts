// The kinds of backing resource that a service can need. To add one: a folder beside this file, and a line here.
import { clickhouse } from './clickhouse';
import { elasticsearch } from './elasticsearch';
import { kafka } from './kafka';
import type { KindDefinition } from './kind';
import { mongodb } from './mongodb';
import { mqtt } from './mqtt';
import { postgres } from './postgres';
import { redis } from './redis';
import { s3 } from './s3';
import { smtp } from './smtp';

export const kinds: Readonly<Record<string, KindDefinition>> = {
  clickhouse,
  elasticsearch,
  kafka,
  mongodb,
  mqtt,
  postgres,
  redis,
  s3,
  smtp,
};
