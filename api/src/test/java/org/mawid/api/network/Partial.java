package org.mawid.api.network;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** An interface of which a fake has only the methods that its tests need: others may add to the interface without touching the fake. */
final class Partial {
    private Partial() {}

    /** @param fake has methods with the names and parameters of those of {@code type} that will be called */
    static <T> T of(Class<T> type, Object fake) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, asked, arguments) -> {
            final Method method;
            try {
                method = fake.getClass().getDeclaredMethod(asked.getName(), asked.getParameterTypes());
            } catch (NoSuchMethodException absent) {
                throw new AssertionError("the fake has no " + asked, absent);
            }
            method.setAccessible(true);
            try {
                return method.invoke(fake, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }));
    }
}
