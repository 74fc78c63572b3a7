/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Types are checked by `npm run check`, which covers server and command line as well.
  typescript: { ignoreBuildErrors: true },
  // These load wasm or native files from their own folder, which bundling would take away from them.
  serverExternalPackages: ['iced-x86', 'gecko-profiler-demangle'],
  // Without it Next guesses the root from lock files, and may take a folder above this one.
  turbopack: { root: import.meta.dirname },
  devIndicators: false,
};

export default config;
