/** Why uprobes are impossible here, or undefined if they work. */
export declare function whyNoUprobes(): string | undefined;
