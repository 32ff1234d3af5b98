import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.processor.reports.enums.JobEndStatus;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks files against profiles of veraPDF. Arguments: PROFILE[,PROFILE...] FILE...
 *
 * Prints a line for each profile and file, its fields between tabs: the outcome, the profile, how many
 * checks were made, the file, and the rules that failed, each as its clause and the number of its test.
 * Lines that begin with a space say more of the line above: what failed, and where first.
 *
 *   pass        ua1  24425  a.pdf
 *   fail        2a   18749  b.pdf  6.7.2.2-1 6.7.3.3-1
 *   unreadable  2a   0      c.pdf
 *
 * Exit status: 0 all pass, 1 not all pass, 2 wrong usage.
 */
public class Check {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: PROFILE[,PROFILE...] FILE...");
            System.exit(2);
        }
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            if (flavour == PDFAFlavour.NO_FLAVOUR) {
                System.err.println("there is no profile " + name);
                System.exit(2);
            }
            profiles.put(name, profile(flavour));
        }
        boolean all = true;
        for (String name : profiles.keySet()) {
            for (int i = 1; i < arguments.length; i++) {
                all &= check(arguments[i], name, profiles.get(name));
            }
        }
        System.exit(all ? 0 : 1);
    }

    /** Prints what is to be said of a file, and tells whether it passes. */
    static boolean check(String file, String name, ValidationProfile profile) {
        ValidationResult result;
        try (InputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            result = validator.validate(parser);
            if (result.getJobEndStatus() != JobEndStatus.NORMAL) {
                throw new IllegalStateException("the check ended early: " + result.getJobEndStatus());
            }
        } catch (Exception unreadable) {
            System.out.printf("unreadable\t%s\t0\t%s\t%n    %s%n", name, file, unreadable);
            return false;
        }
        Map<String, Integer> failed = new TreeMap<>();
        result.getFailedChecks().forEach((rule, count) -> failed.put(number(rule), count));
        Map<String, String> first = new HashMap<>();
        for (TestAssertion check : result.getTestAssertions()) {
            String place = check.getLocation().getContext();
            first.putIfAbsent(number(check.getRuleId()), check.getMessage() + " @ " + place);
        }
        boolean passes = result.isCompliant() && failed.isEmpty();
        String outcome = passes ? "pass" : "fail";
        String rules = String.join(" ", failed.keySet());
        System.out.printf("%s\t%s\t%d\t%s\t%s%n", outcome, name, result.getTotalAssertions(), file, rules);
        failed.forEach((rule, count) -> System.out.printf("    %s, %d times: %s%n", rule, count, first.get(rule)));
        return passes;
    }

    static String number(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    /** A profile from the jar; veraPDF's own reader of profiles needs a library that the jar lacks. */
    static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String standard = flavour == PDFAFlavour.PDFUA_1 ? "UA-1" : "A-" + flavour.getId().toUpperCase();
        String path = "org/verapdf/pdfa/validation/PDF" + standard + ".xml";
        Element root;
        try (InputStream in = Check.class.getClassLoader().getResourceAsStream(path)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : children(child(root, "rules"), "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : children(child(root, "variables"), "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    child(variable, "defaultValue").getTextContent(),
                    child(variable, "value").getTextContent()));
        }
        var details = Profiles.profileDetailsFromValues(standard, "", "", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    static Rule rule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> said = new ArrayList<>();
        for (Element argument : children(child(error, "arguments"), "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            said.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"),
                child(rule, "description").getTextContent(),
                child(rule, "test").getTextContent(),
                Profiles.errorFromValues(child(error, "message").getTextContent(), said),
                List.of());
    }

    static Element child(Element parent, String name) {
        return children(parent, name).get(0);
    }

    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getNodeName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
