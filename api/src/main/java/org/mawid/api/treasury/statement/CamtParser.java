package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** Walks a file once, tag by tag, and tells the drafts what it meets. Prefixes and namespaces do not matter, except that they say the version; a wrapping envelope neither. */
final class CamtParser implements Where {
    private static final Pattern VERSION = Pattern.compile("camt\\.05[34]\\.\\d{3}\\.(\\d{2})$");
    private static final int ENVELOPES = 4;
    private static final XMLInputFactory FACTORY = factory();

    private final GuardedText text;
    private final Drafts drafts;
    private final Set<String> names = new HashSet<>();
    private final Field.Node[] nodes = new Field.Node[StatementLimits.DEPTH + 1];
    private final StringBuilder value = new StringBuilder();
    private XMLStreamReader xml;
    private int depth;
    /** Depth of {@code Document}; 0 before it. */
    private int document;
    private boolean hasMessage;
    private boolean isLeaf;
    private String currency;

    /** Gets what the file has. */
    interface Drafts {
        void message(Statement.Kind kind, String version);

        void begin(Field field) throws IOException;

        void value(Field field, String text, String currency, Where where) throws IOException;

        void end(Field field, Where where) throws IOException;
    }

    CamtParser(final GuardedText text, final Drafts drafts) {
        this.text = text;
        this.drafts = drafts;
    }

    private static XMLInputFactory factory() {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false); // so that one is an event, which is refused
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside a statement is read");
        });
        return factory;
    }

    void run() throws IOException {
        try {
            xml = FACTORY.createXMLStreamReader(text);
            while (xml.hasNext()) {
                event(xml.next());
            }
            xml.close();
        } catch (final XMLStreamException | RuntimeException broken) {
            throw meant(broken);
        }
        if (!hasMessage) {
            throw refused(Reason.NOT_A_STATEMENT, "the file has neither BkToCstmrStmt nor BkToCstmrDbtCdtNtfctn");
        }
    }

    /** What the text refused comes back wrapped, or not at all: it is the first cause. */
    private IOException meant(final Exception broken) {
        if (text.refusal() != null) {
            return text.refusal();
        }
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        if (broken instanceof RuntimeException && !(broken.getClass().getName().startsWith("com.sun.org.apache.xerces"))
                && !(broken instanceof ArrayIndexOutOfBoundsException)) {
            throw (RuntimeException) broken;
        }
        return refused(Reason.NOT_XML, "the file is no well-formed XML" + (depth > 0 ? ", or it is cut off" : ""));
    }

    private void event(final int event) throws IOException, XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start();
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> characters();
            case XMLStreamConstants.ENTITY_REFERENCE -> throw refused(Reason.ENTITY, "there is an entity '" + xml.getLocalName() + "', which no statement has");
            case XMLStreamConstants.DTD -> throw refused(Reason.DOCTYPE, "there is a DOCTYPE, which no statement has");
            default -> {
            }
        }
    }

    private void start() throws IOException {
        if (++depth > StatementLimits.DEPTH) {
            throw refused(Reason.TOO_DEEP, "elements are within elements more than " + StatementLimits.DEPTH + " deep");
        }
        final String name = xml.getLocalName();
        known(name);
        if (xml.getAttributeCount() > StatementLimits.ATTRIBUTES) {
            throw refused(Reason.TOO_MANY_NAMES, "an element has more than " + StatementLimits.ATTRIBUTES + " attributes");
        }
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            known(xml.getAttributeLocalName(i));
        }
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            known(String.valueOf(xml.getNamespacePrefix(i)));
            known(String.valueOf(xml.getNamespaceURI(i)));
        }
        nodes[depth] = node(name);
        final Field field = nodes[depth].field();
        isLeaf = true;
        value.setLength(0);
        currency = null;
        if (field != null) {
            currency = xml.getAttributeValue(null, "Ccy");
            drafts.begin(field);
        }
    }

    private Field.Node node(final String name) throws StatementException {
        if (document == 0) {
            if (name.equals("Document")) {
                document = depth;
            } else if (depth > ENVELOPES) {
                throw refused(Reason.NOT_A_STATEMENT, "the file has no Document where a statement has it");
            }
            return Field.IGNORED;
        }
        if (depth == document + 1) {
            final boolean isStatement = name.equals("BkToCstmrStmt");
            if (!isStatement && !name.equals("BkToCstmrDbtCdtNtfctn")) {
                throw refused(Reason.NOT_A_STATEMENT, "the document is a '" + cut(name) + "', neither camt.053 nor camt.054");
            }
            final Matcher version = VERSION.matcher(String.valueOf(xml.getNamespaceURI()));
            drafts.message(isStatement ? Statement.Kind.STATEMENT : Statement.Kind.NOTIFICATION, version.find() ? version.group(1) : "");
            hasMessage = true;
            return Field.MESSAGE;
        }
        return nodes[depth - 1].child(name);
    }

    /** Names are kept by the parser for as long as it reads, and are bounded for that reason. */
    private void known(final String name) throws StatementException {
        if (names.add(name) && names.size() > StatementLimits.NAMES) {
            throw refused(Reason.TOO_MANY_NAMES, "the file has more than " + StatementLimits.NAMES + " kinds of elements and attributes");
        }
    }

    private void characters() throws StatementException {
        if (depth == 0 || nodes[depth].field() == null || !isLeaf) {
            return;
        }
        if (value.length() + xml.getTextLength() > StatementLimits.VALUE_CHARACTERS) {
            throw refused(Reason.TOO_LONG, "a " + xmlName() + " has more than " + StatementLimits.VALUE_CHARACTERS + " characters");
        }
        value.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }

    private void end() throws IOException {
        final Field field = nodes[depth].field();
        if (field != null) {
            if (isLeaf) {
                drafts.value(field, value.toString().strip(), currency, this);
            }
            drafts.end(field, this);
        }
        isLeaf = false;
        if (depth-- == document) {
            document = 0;
        }
    }

    private String xmlName() {
        return "value of " + nodes[depth].field();
    }

    private static String cut(final String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    @Override
    public StatementException refused(final Reason reason, final String what) {
        final long line = xml == null ? 1 : xml.getLocation().getLineNumber();
        final long column = xml == null ? 1 : xml.getLocation().getColumnNumber();
        return new StatementException(reason, what, Math.max(1, line), Math.max(1, column));
    }
}
