/**
 * What {@code serve --demo} adds to a server: a terminal, a treasury and an issuer of tokens to play with, and a newcomer's first steps.
 * <p>Doors: {@link org.mawid.api.demo.Sandboxes}, {@link org.mawid.api.demo.FirstSteps}. Threads: the main thread; the sandboxes have event loops of their own. Not here: the sandboxes themselves
 * ({@code org.mawid.api.sandbox}), and anything that a server without {@code --demo} runs.
 */
package org.mawid.api.demo;
