namespace ProductionOffice.Templates.Tests;

/// <summary>Formulas of section 3: as if the user had copied the template's row down. The row is row 2, its list has three items, so that row 3 of the template becomes row 5.</summary>
public sealed class ExcelFormulaTests
{
    private const string Data = """{"xs":[1,2,3],"no":false,"days":["M","T"]}""";

    private static string Outside(string formula) => Xlsx.Show(Xlsx.Render(Xlsx.Of(("A1", "Head"), ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "b"), ("A3", "Total"), ("C5", "=" + formula)), Data), "C7");

    private static string Inside(string formula) => Xlsx.Show(Xlsx.Render(Xlsx.Of(("A1", "Head"), ("A2", "{{#row for x in xs}}{{x}}"), ("C2", "=" + formula), ("A3", "Total"), ("A6", "x")), Data), "C4");

    [Theory]
    [InlineData("SUM(A2)", "SUM(A2:A4)")]
    [InlineData("sum(A2)", "sum(A2:A4)")]
    [InlineData("SUM(A2:A2)", "SUM(A2:A4)")]
    [InlineData("SUM(A1:A2)", "SUM(A1:A4)")]
    [InlineData("SUM(A2:A3)", "SUM(A2:A5)")]
    [InlineData("SUM(A1:A3)", "SUM(A1:A5)")]
    [InlineData("SUM($A$2:$A$2)", "SUM($A$2:$A$4)")]
    [InlineData("SUM($A$2)", "SUM($A$2:$A$4)")]
    [InlineData("SUM(A2,B2)", "SUM(A2:A4,B2:B4)")]
    [InlineData("SUM(A2:B2)", "SUM(A2:B4)")]
    [InlineData("SUM((A2))", "SUM((A2:A4))")]
    [InlineData("ROUND(SUM(A2),2)", "ROUND(SUM(A2:A4),2)")]
    [InlineData("SUM(ROUND(A2,2))", "SUM(ROUND(A2,2))")]
    [InlineData("ROUND(A2,2)", "ROUND(A2,2)")]
    [InlineData("SUM(A2)/COUNT(B2)", "SUM(A2:A4)/COUNT(B2:B4)")]
    [InlineData("AVERAGE(A2)+MIN(A2)-MAX(A2)*MEDIAN(A2)", "AVERAGE(A2:A4)+MIN(A2:A4)-MAX(A2:A4)*MEDIAN(A2:A4)")]
    [InlineData("COUNTA(A2)&PRODUCT(A2)&CONCAT(A2)", "COUNTA(A2:A4)&PRODUCT(A2:A4)&CONCAT(A2:A4)")]
    [InlineData("COUNTIF(A2,\"x\")", "COUNTIF(A2:A4,\"x\")")]
    [InlineData("COUNTIFS(A2,\"x\",B2,\">\"&A6)", "COUNTIFS(A2:A4,\"x\",B2:B4,\">\"&A8)")]
    [InlineData("SUMIF(B2,\"b\",A2)", "SUMIF(B2:B4,\"b\",A2:A4)")]
    [InlineData("SUMIFS(A2,B2,\"b\")", "SUMIFS(A2:A4,B2:B4,\"b\")")]
    [InlineData("AVERAGEIF(B2,\"b\",A2)", "AVERAGEIF(B2:B4,\"b\",A2:A4)")]
    [InlineData("SUBTOTAL(9,A2)", "SUBTOTAL(9,A2:A4)")]
    [InlineData("AGGREGATE(9,6,A2)", "AGGREGATE(9,6,A2:A4)")]
    [InlineData("SUMPRODUCT(A2,B2)", "SUMPRODUCT(A2:A4,B2:B4)")]
    [InlineData("SUMPRODUCT((B2=\"b\")*A2)", "SUMPRODUCT((B2:B4=\"b\")*A2:A4)")]
    [InlineData("SUMPRODUCT(--(B2=\"b\"),A2)", "SUMPRODUCT(--(B2:B4=\"b\"),A2:A4)")]
    [InlineData("STDEV(A2)+STDEV.P(A2)+_xlfn.STDEV.S(A2)", "STDEV(A2:A4)+STDEV.P(A2:A4)+_xlfn.STDEV.S(A2:A4)")]
    [InlineData("VAR(A2)+VARPA(A2)+_xlfn.VAR.P(A2)", "VAR(A2:A4)+VARPA(A2:A4)+_xlfn.VAR.P(A2:A4)")]
    [InlineData("_xlfn.TEXTJOIN(\", \",TRUE,A2)", "_xlfn.TEXTJOIN(\", \",TRUE,A2:A4)")]
    [InlineData("SUM(A2*B2)", "SUM(A2:A4*B2:B4)")]
    [InlineData("COUNTIF(A2,\">\"&B2)", "COUNTIF(A2:A4,\">\"&B2)")]
    [InlineData("A2", "A2")]
    [InlineData("VLOOKUP(\"x\",A2:B2,2,0)", "VLOOKUP(\"x\",A2:B4,2,0)")]
    [InlineData("A3", "A5")]
    [InlineData("A1+A3+$A$3", "A1+A5+$A$5")]
    [InlineData("SUM(A:A)+SUM($A:$B)", "SUM(A:A)+SUM($A:$B)")]
    [InlineData("SUM(2:2)+SUM($1:$3)", "SUM(2:4)+SUM($1:$5)")]
    [InlineData("SUM(A1:A1048576)", "SUM(A1:A1048576)")]
    [InlineData("SUM(A3:A1048576)", "SUM(A5:A1048576)")]
    [InlineData("SUM(A3:A1048575)", "SUM(A5:A1048576)")]
    [InlineData("SUM((A1:A2,B3))", "SUM((A1:A4,B5))")]
    [InlineData("SUM(A1:B2 B2:B3)", "SUM(A1:B4 B2:B5)")]
    [InlineData("\"A2:A2\"&\"a\"\"A3\"\"\"", "\"A2:A2\"&\"a\"\"A3\"\"\"")]
    [InlineData("LOG10(A3)+TAX2024X+R1C1+A1B", "LOG10(A5)+TAX2024X+R1C1+A1B")]
    [InlineData("_xlfn.LET(_xlpm.a1,A3,_xlpm.a1+1)", "_xlfn.LET(_xlpm.a1,A5,_xlpm.a1+1)")]
    [InlineData("_xlfn.LAMBDA(_xlpm.x2,_xlpm.x2*A3)(A3)", "_xlfn.LAMBDA(_xlpm.x2,_xlpm.x2*A5)(A5)")]
    [InlineData("SUM(A3#)", "SUM(A5#)")]
    [InlineData("SUM(A2#)", "SUM(A2#)")]
    [InlineData("SUM(_xlfn.ANCHORARRAY(A3))", "SUM(_xlfn.ANCHORARRAY(A5))")]
    [InlineData("@A3", "@A5")]
    [InlineData("SUM(Crew[Qty])+Crew[[#Totals],[A3]]+Crew[@[a'[2'] A3]]", "SUM(Crew[Qty])+Crew[[#Totals],[A3]]+Crew[@[a'[2'] A3]]")]
    [InlineData("#REF!+IFERROR(A3,#N/A)", "#REF!+IFERROR(A5,#N/A)")]
    [InlineData("{1,2;3,4}+A3", "{1,2;3,4}+A5")]
    [InlineData("1.5E+3+A3%", "1.5E+3+A5%")]
    [InlineData("OFFSET(A2,0,0,COUNTA(A2:A3),1)", "OFFSET(A2,0,0,COUNTA(A2:A5),1)")]
    [InlineData("INDIRECT(\"A2\")", "INDIRECT(\"A2\")")]
    [InlineData("A1:INDEX(A2:A3,2)", "A1:INDEX(A2:A5,2)")]
    [InlineData("IF(AND(A3>1,A1<2),A3,\"\")", "IF(AND(A5>1,A1<2),A5,\"\")")]
    public void Outside_of_the_row(string formula, string expected) => Outside(formula).ShouldBe("=" + expected);

    [Theory]
    [InlineData("A2*B2", "A4*B4")]
    [InlineData("$A2*B$2", "$A4*B$2")]
    [InlineData("A2/$A$3", "A4/$A$5")]
    [InlineData("A2/A3", "A4/A7")]
    [InlineData("SUM(A2,B2)", "SUM(A4,B4)")]
    [InlineData("SUM(A$2:A2)", "SUM(A$2:A4)")]
    [InlineData("SUM($A$1:A2)", "SUM($A$1:A4)")]
    [InlineData("A2/SUM($A$2:$A$2)", "A4/SUM($A$2:$A$4)")]
    [InlineData("A2/SUM($A$1:$A$3)", "A4/SUM($A$1:$A$5)")]
    [InlineData("A1+1", "A3+1")]
    [InlineData("ROW()-ROW($A$1)", "ROW()-ROW($A$1)")]
    [InlineData("SUM(A:A)", "SUM(A:A)")]
    [InlineData("COUNTIF($A$2:$A$2,A2)", "COUNTIF($A$2:$A$4,A4)")]
    [InlineData("RANK(A2,$A$2:$A$2)", "RANK(A4,$A$2:$A$4)")]
    public void In_the_row_for_its_third_copy(string formula, string expected) => Inside(formula).ShouldBe("=" + expected);

    [Theory]
    [InlineData("Data!A2", "Data!A2")]
    [InlineData("SUM(Data!A2)", "SUM(Data!A2:A4)")]
    [InlineData("'Data'!A3", "Data!A5")]
    [InlineData("SUM('My costs'!A2:A2)", "SUM('My costs'!A2:A3)")]
    [InlineData("SUM('My costs'!A2:'My costs'!A3)", "SUM('My costs'!A2:A4)")]
    [InlineData("SUM(Data:Last!A3)", "SUM(Data:Last!A5)")]
    [InlineData("SUM('Data:My costs'!A3)", "SUM('Data:My costs'!A5)")]
    [InlineData("[1]Data!A3+'[1]My costs'!A3", "0")]
    [InlineData("Data!Total+Missing!A3", "Data!Total+Missing!A3")]
    [InlineData("Last!A3", "Last!A3")]
    public void From_another_sheet(string formula, string expected)
    {
        var template = Xlsx.OfSheets(
        [
            ("Data", [("A1", "Head"), ("A2", "{{#row for x in xs}}{{x}}"), ("A3", "Total")]),
            ("My costs", [("A1", "Head"), ("A2", "{{#row for x in days}}{{x}}"), ("A3", "Total")]),
            ("Last", [("A1", "=" + formula), ("A3", "x")]),
        ]);
        if (formula.Contains('[', StringComparison.Ordinal))
            template = Repacked.With(template, null, ("xl/externalLinks/externalLink1.xml", $"<externalLink xmlns=\"{ReadPackage.S}\"/>"), ("xl/externalLinks/_rels/externalLink1.xml.rels", Repacked.Relations(("rId1", "externalLinkPath", "file:///x.xlsx", true))));

        Xlsx.Show(Xlsx.Render(template, Data), "A1", "xl/worksheets/sheet3.xml").TrimStart('=').ShouldBe(expected);
    }

    [Fact]
    public void A_copied_row_shifts_its_references_to_other_sheets_too()
    {
        var template = Xlsx.OfSheets([("Data", [("A2", "{{#row for x in xs}}{{x}}"), ("A3", "9")]), ("Slips", [("A1", "{{#row for x in xs}}{{x}}"), ("B1", "=Data!A2"), ("C1", "=Data!$A$3")])]);

        var workbook = Xlsx.Render(template, Data);

        Xlsx.Show(workbook, "B3", "xl/worksheets/sheet2.xml").ShouldBe("=Data!A4");
        Xlsx.Show(workbook, "C3", "xl/worksheets/sheet2.xml").ShouldBe("=Data!$A$5");
    }

    [Fact]
    public void Removed_rows_and_columns_leave_no_reversed_ranges()
    {
        var template = Xlsx.Of(("A1", "a"), ("B1", "{{#col if no}}x"), ("C1", "c"), ("A2", "{{#row if no}}x"), ("A3", "=SUM(B1:B1)"), ("C3", "=SUM(A1:C1)"), ("A4", "=SUM(A2:A2)"), ("C4", "=SUM(B1:C1)+SUM(A1:B1)"));

        var sheet = Xlsx.Render(template, Data);

        Xlsx.Show(sheet, "A2").ShouldBe("=SUM(#REF!)");
        Xlsx.Show(sheet, "B2").ShouldBe("=SUM(A1:B1)");
        Xlsx.Show(sheet, "A3").ShouldBe("=SUM(#REF!)");
        Xlsx.Show(sheet, "B3").ShouldBe("=SUM(B1:B1)+SUM(A1:A1)");
    }

    [Fact]
    public void Shared_formulas_are_spelled_out()
    {
        var template = Repacked.With(Xlsx.Of(("A1", "{{#row for x in xs}}{{x}}"), ("B1", "=x"), ("A2", "5"), ("B2", "=y"), ("A3", "6"), ("B3", "=z")), (_, text) => text
            .Replace("<f>x</f>", "<f t=\"shared\" ref=\"B1:B3\" si=\"0\">A1*$A$3</f>", StringComparison.Ordinal)
            .Replace("<f>y</f>", "<f t=\"shared\" si=\"0\"/>", StringComparison.Ordinal).Replace("<f>z</f>", "<f t=\"shared\" si=\"0\"/>", StringComparison.Ordinal));

        var sheet = Xlsx.Render(template, Data);

        Enumerable.Range(1, 5).Select(row => Xlsx.Show(sheet, $"B{row}")).ShouldBe(["=A1*$A$5", "=A2*$A$5", "=A3*$A$5", "=A4*$A$5", "=A5*$A$5"]);
        sheet.Markup("xl/worksheets/sheet1.xml").ShouldNotContain("shared");
    }

    [Fact]
    public void Array_formulas_and_what_if_tables_keep_their_kind_and_move()
    {
        var template = Repacked.With(Xlsx.Of(("A1", "{{#row for x in xs}}{{x}}"), ("B1", "=inrow"), ("A3", "=spill"), ("A4", "=fixed"), ("A6", "=whatif")), (_, text) => text
            .Replace("<f>inrow</f>", "<f t=\"array\" ref=\"B1\">SUM(A1*2)</f>", StringComparison.Ordinal)
            .Replace("<c r=\"A3\"><f>spill</f>", "<c r=\"A3\" cm=\"1\"><f t=\"array\" ref=\"A3:A3\">_xlfn._xlws.SORT(A1:A1)</f>", StringComparison.Ordinal)
            .Replace("<f>fixed</f>", "<f t=\"array\" ref=\"A4:B5\">A1:B1*2</f>", StringComparison.Ordinal)
            .Replace("<f>whatif</f>", "<f t=\"dataTable\" ref=\"A6:B7\" dt2D=\"1\" dtr=\"1\" r1=\"A4\" r2=\"B4\"/>", StringComparison.Ordinal));

        var sheet = Xlsx.Render(template, Data).Markup("xl/worksheets/sheet1.xml");

        sheet.ShouldContain("<c r=\"B3\"><f t=\"array\" ref=\"B3:B3\">SUM(A3*2)</f></c>");
        sheet.ShouldContain("<c r=\"A5\" cm=\"1\"><f t=\"array\" ref=\"A5:A5\">_xlfn._xlws.SORT(A1:A3)</f></c>");
        sheet.ShouldContain("<c r=\"A6\"><f t=\"array\" ref=\"A6:B7\">A1:B3*2</f></c>");
        sheet.ShouldContain("<f t=\"dataTable\" ref=\"A8:B9\" dt2D=\"1\" dtr=\"1\" r1=\"A6\" r2=\"B6\"/></c>");
    }

    [Fact]
    public void A_sum_of_products_is_calculated_row_by_row()
    {
        var sheet = Xlsx.Render(Xlsx.Of(("A2", "{{#row for x in xs}}{{x}}"), ("B2", "{{x}}"), ("C2", "=SUM(A2*B2)"), ("A3", "=SUM(A2*B2)"), ("B3", "=SUMPRODUCT(A2*B2)")), Data).Markup("xl/worksheets/sheet1.xml");

        sheet.ShouldContain("<c r=\"C3\"><f>SUM(A3*B3)</f></c>");
        sheet.ShouldContain("<c r=\"A5\"><f t=\"array\" ref=\"A5\">SUM(A2:A4*B2:B4)</f></c>");
        sheet.ShouldContain("<c r=\"B5\"><f>SUMPRODUCT(A2:A4*B2:B4)</f></c>");
    }

    [Fact]
    public void In_repeated_columns_references_shift_to_the_right_and_totals_beside_and_below_grow()
    {
        var template = Xlsx.Of(
            ("A1", "Name"), ("B1", "{{#col for d in days}}{{d}}"), ("C1", "Sum"),
            ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "{{x}}"), ("C2", "=SUM(B2)"),
            ("A3", "Total"), ("B3", "=SUM(B2)"), ("C3", "=SUM(C2:C2)"), ("B4", "=B3/$C$3"), ("C4", "=SUM(B2:B2)"));

        var sheet = Xlsx.Render(template, Data);

        Xlsx.Show(sheet, "D3").ShouldBe("=SUM(B3:C3)");
        Xlsx.Show(sheet, "C5").ShouldBe("=SUM(C2:C4)");
        Xlsx.Show(sheet, "D5").ShouldBe("=SUM(D2:D4)");
        Xlsx.Show(sheet, "C6").ShouldBe("=C5/$D$5");
        Xlsx.Show(sheet, "D6").ShouldBe("=SUM(B2:C4)");
    }

    [Fact]
    public void A_repeated_row_refers_to_the_rows_of_its_own_group()
    {
        var template = Xlsx.Of(
            ("A1", "{{#for g in groups}}{{g.n}}"), ("B1", "2"), ("A2", "{{#row for i in g.items}}{{i}}"), ("B2", "=A2*2"), ("A3", "=SUM(A2)"), ("B3", "=A3/COUNT(A2:A2)"), ("C3", "{{/for}}"), ("A4", "=SUBTOTAL(9,A1:A3)"));

        var sheet = Xlsx.Render(template, """{"groups":[{"n":"x","items":[1]},{"n":"y","items":[]},{"n":"z","items":[2,3]}]}""");

        Xlsx.Show(sheet, "A3").ShouldBe("=SUM(A2)");
        Xlsx.Show(sheet, "A6").ShouldBe("=SUM(A5)");
        Xlsx.Show(sheet, "A10").ShouldBe("=SUM(A8:A9)");
        Xlsx.Show(sheet, "B10").ShouldBe("=A10/COUNT(A8:A9)");
        Xlsx.Show(sheet, "B9").ShouldBe("=A9*2");
        Xlsx.Show(sheet, "A11").ShouldBe("=SUBTOTAL(9,A1:A10)");
    }
}
