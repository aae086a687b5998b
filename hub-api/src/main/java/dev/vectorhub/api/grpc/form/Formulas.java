package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdrant.client.grpc.Points.DecayParamsExpression;
import io.qdrant.client.grpc.Points.Expression;
import java.io.IOException;
import java.util.List;

/** Expressions of a formula. */
final class Formulas {

    private Formulas() {}

    static void write(JsonGenerator out, Expression expression) throws IOException {
        switch (expression.getVariantCase()) {
            case CONSTANT -> out.writeNumber(expression.getConstant());
            case VARIABLE -> out.writeString(expression.getVariable());
            case CONDITION -> Filters.write(out, expression.getCondition());
            case VARIANT_NOT_SET -> out.writeNull();
            default -> {
                out.writeStartObject();
                fields(out, expression);
                out.writeEndObject();
            }
        }
    }

    private static void fields(JsonGenerator out, Expression expression) throws IOException {
        switch (expression.getVariantCase()) {
            case GEO_DISTANCE -> {
                out.writeObjectFieldStart("geo_distance");
                Filters.point(out, "origin", expression.getGeoDistance().getOrigin());
                out.writeStringField("to", expression.getGeoDistance().getTo());
                out.writeEndObject();
            }
            case DATETIME -> out.writeStringField("datetime", expression.getDatetime());
            case DATETIME_KEY -> out.writeStringField("datetime_key", expression.getDatetimeKey());
            case MULT -> list(out, "mult", expression.getMult().getMultList());
            case SUM -> list(out, "sum", expression.getSum().getSumList());
            case DIV -> {
                out.writeObjectFieldStart("div");
                field(out, "left", expression.getDiv().getLeft());
                field(out, "right", expression.getDiv().getRight());
                if (expression.getDiv().hasByZeroDefault()) {
                    out.writeNumberField("by_zero_default", expression.getDiv().getByZeroDefault());
                }
                out.writeEndObject();
            }
            case NEG -> field(out, "neg", expression.getNeg());
            case ABS -> field(out, "abs", expression.getAbs());
            case SQRT -> field(out, "sqrt", expression.getSqrt());
            case POW -> {
                out.writeObjectFieldStart("pow");
                field(out, "base", expression.getPow().getBase());
                field(out, "exponent", expression.getPow().getExponent());
                out.writeEndObject();
            }
            case EXP -> field(out, "exp", expression.getExp());
            case LOG10 -> field(out, "log10", expression.getLog10());
            case LN -> field(out, "ln", expression.getLn());
            case EXP_DECAY -> decay(out, "exp_decay", expression.getExpDecay());
            case GAUSS_DECAY -> decay(out, "gauss_decay", expression.getGaussDecay());
            case LIN_DECAY -> decay(out, "lin_decay", expression.getLinDecay());
            case CONSTANT, VARIABLE, CONDITION, VARIANT_NOT_SET -> throw new AssertionError("written before");
        }
    }

    private static void field(JsonGenerator out, String name, Expression expression) throws IOException {
        out.writeFieldName(name);
        write(out, expression);
    }

    private static void list(JsonGenerator out, String name, List<Expression> expressions) throws IOException {
        out.writeArrayFieldStart(name);
        for (Expression expression : expressions) {
            write(out, expression);
        }
        out.writeEndArray();
    }

    private static void decay(JsonGenerator out, String name, DecayParamsExpression decay) throws IOException {
        out.writeObjectFieldStart(name);
        field(out, "x", decay.getX());
        if (decay.hasTarget()) {
            field(out, "target", decay.getTarget());
        }
        if (decay.hasScale()) {
            out.writeNumberField("scale", decay.getScale());
        }
        if (decay.hasMidpoint()) {
            out.writeNumberField("midpoint", decay.getMidpoint());
        }
        out.writeEndObject();
    }
}
