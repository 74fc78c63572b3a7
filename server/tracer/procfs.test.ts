import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceName } from './mappings.ts';
import { parseCommandLine, parseContainer, parseMapping, parsePasswd, parseStat, parseStatus } from './procfs.ts';

const REST = 'S 41 12 12 0 -1 4194560 1 2 3 4 150 50 7 8 20 0 3 0 98765 1000000 250 18446744073709551615';

describe('/proc/PID/stat', () => {
  it.each(['bash', 'a) (b', ') S 1 (', 'two words', ''])('with the name "%s"', (name) => {
    expect(parseStat(`12 (${name}) ${REST}\n`)).toEqual({
      name,
      state: 'S',
      ppid: 41,
      flags: 4194560,
      cpuTicks: 200,
      threads: 3,
      startTicks: 98765,
    });
  });

  it('cut off or damaged gives null', () => {
    expect(parseStat('')).toBeNull();
    expect(parseStat('12 (bash) S 41')).toBeNull();
    fc.assert(fc.property(fc.string(), (line) => parseStat(line) === null || line.includes('(')));
  });
});

describe('other files of a process', () => {
  it('status', () => {
    expect(parseStatus('Name:\tx\nUid:\t0\t1000\t0\t0\nVmRSS:\t  512 kB\n')).toEqual({ uid: 1000, rssBytes: 524288 });
    expect(parseStatus('Uid:\t7\t7\t7\t7\n')).toEqual({ uid: 7, rssBytes: 0 });
    expect(parseStatus('')).toBeNull();
  });

  it('command line, empty arguments included', () => {
    expect(parseCommandLine('a\0\0b c\0')).toEqual(['a', '', 'b c']);
    expect(parseCommandLine('nginx: worker')).toEqual(['nginx: worker']);
    expect(parseCommandLine('')).toEqual([]);
  });

  it('container', () => {
    const id = '0123456789abcdef'.repeat(4);
    for (const line of [
      `0::/docker/${id}`,
      `0::/system.slice/docker-${id}.scope`,
      `12:cpu:/kubepods/burstable/pod1b2c/${id}\n0::/`,
      `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope`,
      `0::/machine.slice/libpod-${id}.scope/container`,
      `0::/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:${id}`,
      `0::/k8s.io/${id}`,
    ]) {
      expect(parseContainer(line)).toBe('0123456789ab');
    }
    expect(parseContainer('0::/user.slice/user-1000.slice/session-3.scope')).toBeNull();
    expect(parseContainer('0::/lxc.payload.web-1/system.slice/cron.service')).toBe('web-1');
    expect(parseContainer('12:cpu:/lxc/db\n0::/')).toBe('db');
    expect(parseContainer('0::/system.slice/lxcfs.service')).toBeNull();
    expect(parseContainer('')).toBeNull();
  });

  it('users', () => {
    const users = parsePasswd('root:x:0:0:root:/root:/bin/sh\n# note\nann:x:1000:1000::/:\ntoor:x:0:0::/:\n');
    expect([...users]).toEqual([
      [0, 'root'],
      [1000, 'ann'],
    ]);
  });

  it('mappings', () => {
    expect(parseMapping('7f10a0000000-7f10a0021000 r-xp 0001d000 fe:10 1234    /usr/a b\\012c (deleted)')).toEqual({
      start: 0x7f10a0000000,
      end: 0x7f10a0021000,
      permissions: 'r-xp',
      offset: 0x1d000,
      device: '254:16',
      inode: 1234,
      path: '/usr/a b\nc',
      deleted: true,
    });
    expect(parseMapping('7ffd0000-7ffe0000 rw-p 00000000 00:00 0 ')?.path).toBe('');
    expect(parseMapping('nonsense')).toBeNull();
  });

  it('device numbers, as the C library splits them', () => {
    expect(deviceName(0xfe00)).toBe('254:0');
    expect(deviceName(0x801)).toBe('8:1');
    expect(deviceName(0x1234_5678)).toBe(`${0x456}:${0x12378}`);
  });
});
