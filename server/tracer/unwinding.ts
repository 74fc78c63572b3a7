/** Where unwinding can land in a target: in the program itself, in its unwinder library, in its C library. */
import { basename } from 'node:path';
import type { Binary } from '../../lib/binary/binary.ts';
import type { CodeSource } from '../../lib/plan/code.ts';
import {
  type LandingSite,
  LONGJMP_FUNCTIONS,
  longjmpLandings,
  UNWINDER_FUNCTIONS,
  unwinderLandings,
} from '../../lib/plan/landings.ts';
import { isProblem } from '../../lib/problem.ts';
import { openBinary } from './binary/open.ts';
import { codeSource } from './code-source.ts';
import { resolveLibraries } from './libraries.ts';

const UNWINDER_LIBRARY = /^lib(gcc_s|unwind)\b/;
/** These hold longjmp, or only pass it on; that they import it says nothing about the program. */
const SYSTEM_LIBRARY = /^(libc|ld-linux|libpthread|ld-musl|libc\.musl|libasan|libtsan)\b/;

/** A binary that the target consists of, with its code. */
interface Module {
  readonly name: string;
  readonly binary: Binary;
  readonly source: CodeSource;
}

/** What loads the target: a running process, or a program that is going to be started; both null when not known. */
export interface Loader {
  readonly pid: number | null;
  readonly program: string | null;
}

export interface NativeLandings {
  /** Null when calls may be left by unwinding, and the place where it lands is not known. */
  readonly sites: readonly LandingSite[] | null;
  /** Files that hold sites, by path. */
  readonly files: ReadonlyMap<string, Binary>;
}

/**
 * Finds the landings of exceptions and longjmp for a native program, as far as it can use them: a program
 * that no unwinder is loaded with, and that never calls longjmp, needs none.
 */
export async function nativeLandings(binary: Binary, { pid, program }: Loader): Promise<NativeLandings> {
  // Which unwinder a library meets is decided by the program that loads it.
  if (pid === null && program === null && isLibrary(binary)) return { sites: null, files: new Map() };
  const main: Module = { name: basename(binary.path), binary, source: codeSource(binary) };
  const modules = [main, ...(await libraries(binary, { pid, program }))];
  const exceptions = exceptionSites(modules);
  const jumps = longjmpSites(modules);
  if (!exceptions || !jumps) return { sites: null, files: new Map() };
  const sites = [...exceptions, ...jumps];
  const files = new Map(modules.map((module) => [module.source.path, module.binary]));
  return { sites, files };
}

/** A shared library that is no program itself. */
const isLibrary = ({ elf }: Binary): boolean => elf.type === 3 && elf.interpreter === null && elf.soname !== null;

async function libraries(binary: Binary, { pid, program }: Loader): Promise<Module[]> {
  const resolved = resolveLibraries(pid === null ? { path: program ?? binary.openPath } : { pid });
  if (isProblem(resolved)) return [];
  const modules: Module[] = [];
  const own = program === null ? [] : [{ name: basename(program), openPath: program }];
  for (const { name, openPath } of [...own, ...resolved.found]) {
    const opened = await openBinary({ path: openPath });
    if (isProblem(opened) || (opened.buildId !== null && opened.buildId === binary.buildId)) continue;
    modules.push({ name, binary: opened, source: codeSource(opened) });
  }
  return modules;
}

const defines = ({ binary }: Module, names: readonly string[]): boolean =>
  names.some((name) => binary.functions.named(name).length > 0);

const imports = ({ binary }: Module, names: readonly string[]): boolean => {
  const imported = binary.elf.imports();
  return names.some((name) => imported.has(name));
};

function exceptionSites(modules: readonly Module[]): LandingSite[] | null {
  const [main] = modules;
  // A program that carries its own copy of the unwinder uses that, and so do the libraries it loads.
  const holders = modules.filter((module) => {
    const mayHold = UNWINDER_LIBRARY.test(module.name) || !/\.so\b/.test(module.name) || module === main;
    return mayHold && defines(module, UNWINDER_FUNCTIONS);
  });
  const sites = holders.flatMap(({ source }) => unwinderLandings(source));
  if (sites.length > 0) return sites;
  // An unwinder is used, but its last jump was not found: in another library, or its symbols were removed.
  const wanted = modules.some((module) => imports(module, UNWINDER_FUNCTIONS)) || holders.length > 0;
  const hidden = main !== undefined && hasExceptionTables(main) && modules.length === 1;
  return wanted || hidden ? null : [];
}

/** A static program with exception tables carries its own unwinder. */
const hasExceptionTables = ({ binary }: Module): boolean =>
  binary.elf.sections.some(({ name, size }) => name === '.gcc_except_table' && size > 0);

function longjmpSites(modules: readonly Module[]): LandingSite[] | null {
  const [main] = modules;
  const callers = modules.filter((module) => !SYSTEM_LIBRARY.test(module.name) && imports(module, LONGJMP_FUNCTIONS));
  const isStatic = main !== undefined && defines(main, LONGJMP_FUNCTIONS);
  if (callers.length === 0 && !isStatic) return [];
  const holders = modules.filter((module) => defines(module, LONGJMP_FUNCTIONS));
  const sites = holders.flatMap(({ source }) => longjmpLandings(source));
  return sites.length > 0 ? sites : null;
}
