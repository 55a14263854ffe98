package com.sun.tools.javac.api;

import java.lang.reflect.Proxy;
import javax.tools.JavaCompiler;

/** No compiler, see package. */
public final class JavacTool {
    private JavacTool() {
    }

    /** Asked by Chronicle's {@code CompilerUtils} before anything is compiled. @return one that says so when it is asked for anything */
    public static JavaCompiler create() {
        return (JavaCompiler) Proxy.newProxyInstance(JavacTool.class.getClassLoader(), new Class<?>[] {JavaCompiler.class}, (proxy, method, arguments) -> {
            throw new UnsupportedOperationException("this Java has no compiler, and a class that the records need was not made when this program was built");
        });
    }
}
