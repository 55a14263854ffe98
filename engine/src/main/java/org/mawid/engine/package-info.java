/**
 * Decides and remembers: the deterministic core between ring and journal, and what is read beside it.
 * <p>Door: {@link org.mawid.engine.EmbeddedEngine}, an {@link org.mawid.engine.Engine} in this process. A command goes through {@code ring} (its
 * {@code Pipeline} is the whole way on one screen), {@code journal}, and {@code core} with its rooms {@code catalogue}, {@code application}, {@code allocation},
 * {@code waiting}, {@code hall} and {@code stamp}, which keep their rows by {@code kernel}; then {@code readmodel} has it for those who ask. Beside that way: {@code snapshot},
 * {@code archive}, {@code memory}, and {@code upkeep} for operators. {@code com.sun.tools.javac.api} is a stand-in for one library, see there.
 * <p>Not here: HTTP, gRPC, JSON, time zones, anybody's name; those are the edge's ({@code org.mawid.api}).
 */
package org.mawid.engine;
