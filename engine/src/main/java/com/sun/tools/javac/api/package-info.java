/**
 * Stands where a Java without the module {@code jdk.compiler} has nothing, and is not seen by one that has it: there the package is the module's.
 * <p>Door: {@link com.sun.tools.javac.api.JavacTool}. Chronicle Values asks for a compiler by this name as soon as a value class is used, and ends
 * with an error when there is none, although it has nothing to compile: those classes are made by the build. Not here: a compiler.
 * Reopened by a Chronicle Values that asks only when it needs one.
 */
package com.sun.tools.javac.api;
