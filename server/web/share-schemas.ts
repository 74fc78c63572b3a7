import { z } from 'zod';
import { LIFETIMES, type ShareChoice } from '../../lib/protocol/gateway.ts';
import type { Switches } from '../../lib/share/switches.ts';

export const switchesSchema: z.ZodType<Switches> = z.strictObject({
  commandLine: z.boolean(),
  hostName: z.boolean(),
  users: z.boolean(),
  paths: z.boolean(),
});

export const shareChoice: z.ZodType<ShareChoice> = z.strictObject({
  sessionId: z.string().min(1).max(64),
  switches: switchesSchema,
  lifetime: z.enum(LIFETIMES),
});
