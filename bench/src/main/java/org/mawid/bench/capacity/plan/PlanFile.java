package org.mawid.bench.capacity.plan;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A plan as a YAML file of names and values. Only the tree of the file is used, never a value that YAML made of a text: 18:00 stays a
 * time and 12% a share. What cannot be meant is refused with file, line and what would be right.
 */
public final class PlanFile {
    private final Path file;

    private PlanFile(final Path file) {
        this.file = file;
    }

    /** @param base holds for what the file does not say */
    public static Plan read(final Path file, final Plan base) throws IOException {
        if (!Files.isReadable(file)) {
            throw new PlanRefusedException(file + " cannot be read; bench plan --print-yaml writes a plan to start from");
        }
        return new PlanFile(file).read(base).named(file.getFileName().toString().replaceAll("\\.ya?ml$", ""));
    }

    private Plan read(final Plan base) throws IOException {
        final Node root;
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            root = new Yaml(new LoaderOptions()).compose(reader);
        } catch (final MarkedYAMLException e) {
            final int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new PlanRefusedException(file + ":" + line + ": not YAML: " + e.getProblem());
        } catch (final YAMLException e) {
            throw new PlanRefusedException(file + ": not YAML: " + e.getMessage());
        }
        if (root == null) {
            return base;
        }
        if (!(root instanceof MappingNode names)) {
            throw new PlanRefusedException(at(root) + ": a plan is lines of 'name: value', as 'demand: 1.2'");
        }
        final Set<PlanKey> said = EnumSet.noneOf(PlanKey.class);
        Plan plan = base;
        for (final NodeTuple entry : names.getValue()) {
            final String name = scalar(entry.getKeyNode());
            final PlanKey key = PlanKey.named(name);
            if (key == null) {
                throw new PlanRefusedException(at(entry.getKeyNode()) + ": unknown name '" + name + "': " + PlanKey.instead(name));
            }
            if (!said.add(key)) {
                throw new PlanRefusedException(at(entry.getKeyNode()) + ": " + name + " is said twice");
            }
            plan = plan.with(key, text(key, entry.getValueNode()), at(entry.getKeyNode()) + ": " + name);
        }
        return plan;
    }

    /** The value as it would be said on the command line: lists and names with commas between. */
    private String text(final PlanKey key, final Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        final List<String> parts = new ArrayList<>();
        if (value instanceof SequenceNode list) {
            list.getValue().forEach(element -> parts.add(part(key, scalar(element), element)));
        } else if (value instanceof MappingNode names) {
            for (final NodeTuple entry : names.getValue()) {
                parts.add(part(key, scalar(entry.getKeyNode()) + "=" + scalar(entry.getValueNode()), entry.getKeyNode()));
            }
        }
        return String.join(",", parts);
    }

    /** Tries one part alone, so that its own line is told. */
    private String part(final PlanKey key, final String text, final Node node) {
        try {
            key.parse(text);
        } catch (final PlanRefusedException e) {
            throw new PlanRefusedException(at(node) + ": " + key.key() + ": " + e.getMessage());
        }
        return text;
    }

    private String scalar(final Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new PlanRefusedException(at(node) + ": one word or number is expected here");
    }

    private String at(final Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    /** A plan as a file, with what each value means above it. */
    public static String write(final Plan plan) {
        final StringBuilder yaml = new StringBuilder(4096).append("# A plan for bench plan --plan FILE, or --compare FILE FILE. What is left out is as it is here.\n")
                .append("# [A] = our assumption, not published.\n");
        for (final PlanKey key : PlanKey.values()) {
            final String text = plan.text(key);
            yaml.append('\n').append(Prose.wrapped("# " + key.meaning(), "# ")).append('\n').append(key.key()).append(": ");
            yaml.append(key == PlanKey.OPEN_UNTIL && !PlanKey.isNone(text) ? '"' + text + '"' : text).append('\n');
        }
        return yaml.toString();
    }
}
