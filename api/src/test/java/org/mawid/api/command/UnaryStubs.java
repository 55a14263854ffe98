package org.mawid.api.command;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.Command;

/** Every method of the contracts, and the calls of those that take one command, by their stubs. */
final class UnaryStubs {
    private UnaryStubs() {
    }

    static List<FieldDescriptor> commands() {
        return Command.getDescriptor().getOneofs().get(0).getFields();
    }

    static List<MethodDescriptor> methods() {
        final List<FileDescriptor> files = new ArrayList<>(Command.getDescriptor().getFile().getDependencies());
        files.add(Command.getDescriptor().getFile());
        return files.stream().flatMap(file -> file.getServices().stream()).flatMap(service -> service.getMethods().stream()).toList();
    }

    static List<MethodDescriptor> methodsOf(final FieldDescriptor command) {
        return methods().stream().filter(method -> method.getInputType().equals(command.getMessageType())).toList();
    }

    /** @throws StatusRuntimeException when it is refused */
    static Message call(final Channel channel, final MethodDescriptor method, final Message message) {
        try {
            final Object stub = Class.forName("org.mawid.grpc." + method.getService().getName() + "Grpc").getMethod("newBlockingStub", Channel.class)
                    .invoke(null, channel);
            final String name = Character.toLowerCase(method.getName().charAt(0)) + method.getName().substring(1);
            return (Message) stub.getClass().getMethod(name, message.getClass()).invoke(stub, message);
        } catch (final InvocationTargetException e) {
            if (e.getCause() instanceof StatusRuntimeException refusal) {
                throw refusal;
            }
            throw new AssertionError(e);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
