export async function serve(_options: { port: number; host: string }): Promise<number> {
  return 0;
}
