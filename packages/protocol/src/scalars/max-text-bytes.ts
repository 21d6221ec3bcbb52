/** The longest message text, either direction, in UTF-8 bytes (guest protocol 1.6). */
export const maxTextBytes = 4096
