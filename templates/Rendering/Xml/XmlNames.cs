using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>Element names the engine looks at; the first underscore stands for the colon.</summary>
internal enum N : ushort
{
    Other,
    w_document, w_body, w_p, w_pPr, w_r, w_rPr, w_t, w_delText, w_br, w_cr, w_tab, w_noBreakHyphen, w_softHyphen, w_sym,
    w_tbl, w_tblPr, w_tblW, w_tblGrid, w_gridCol, w_tr, w_trPr, w_tc, w_tcPr, w_tcW, w_gridSpan, w_vMerge,
    w_sdt, w_sdtPr, w_sdtEndPr, w_sdtContent, w_tag, w_alias, w_id, w_showingPlcHdr, w_text, w_richText, w_date, w_dateFormat, w_lid,
    w_dropDownList, w_comboBox, w_listItem, w_picture, w14_checkbox, w14_checked, w14_checkedState, w14_uncheckedState,
    w15_repeatingSection, w15_repeatingSectionItem,
    w_hyperlink, w_smartTag, w_customXml, w_fldSimple, w_fldChar, w_instrText, w_delInstrText, w_dir, w_bdo,
    w_ins, w_del, w_moveFrom, w_moveTo, w_rPrChange, w_pPrChange, w_tblPrChange, w_tblPrExChange, w_trPrChange, w_tcPrChange,
    w_sectPrChange, w_tblGridChange, w_numberingChange, w_cellIns, w_cellDel, w_cellMerge,
    w_moveFromRangeStart, w_moveFromRangeEnd, w_moveToRangeStart, w_moveToRangeEnd,
    w_customXmlInsRangeStart, w_customXmlInsRangeEnd, w_customXmlDelRangeStart, w_customXmlDelRangeEnd,
    w_proofErr, w_bookmarkStart, w_bookmarkEnd, w_commentRangeStart, w_commentRangeEnd, w_commentReference, w_permStart, w_permEnd,
    w_lastRenderedPageBreak, w_drawing, w_pict, w_object, w_txbxContent, w_sectPr, w_numPr, w_numId, w_ilvl, w_pStyle,
    w_hdr, w_ftr, w_footnotes, w_endnotes, w_footnote, w_endnote, w_footnoteReference, w_endnoteReference, w_footnoteRef, w_endnoteRef,
    w_tblCellMar, w_tblHeader, w_proofState, w_attachedTemplate, w_numbering, w_abstractNum, w_num, w_styles, w_style, w_settings,
    mc_AlternateContent, mc_Choice, mc_Fallback,
    wp_docPr, wp_extent, wp_inline, wp_anchor, a_blip, a_ext, a_xfrm, pic_cNvPr, pic_pic, a_p, a_r, a_t, a_br, a_rPr, a_pPr, a_endParaRPr, a_fld,
    wps_txbx, v_shape, v_imagedata, v_textbox, w14_paraId, c_f, c_numCache, c_strCache, c_v,
    worksheet, sheetData, row, c, v, f, @is, t, r, rPr, phoneticPr, rPh, si, sst, cols, col, mergeCells, mergeCell, dimension,
    conditionalFormatting, cfRule, formula, formula1, formula2, dataValidations, dataValidation, autoFilter, hyperlinks, hyperlink,
    headerFooter, oddHeader, oddFooter, evenHeader, evenFooter, firstHeader, firstFooter, drawing, legacyDrawing, tableParts, tablePart,
    sheetViews, sheetView, pane, selection, rowBreaks, colBreaks, brk, protectedRange, ignoredError, sheetCalcPr,
    workbook, sheets, sheet, definedNames, definedName, calcPr, bookViews, workbookView, xfs, cellXfs, xf, numFmts, numFmt, styleSheet, styleSheets,
    table, tableColumns, tableColumn, comments, commentList, comment, authors, author, text,
    calculatedColumnFormula, totalsRowFormula, sortState, sortCondition, x14_conditionalFormatting, x14_dataValidation, xm_sqref, xm_f,
    xdr_from, xdr_to, xdr_col, xdr_row, xdr_twoCellAnchor, xdr_oneCellAnchor, xdr_absoluteAnchor, xdr_cNvPr, xdr_wsDr, xdr_pic, xdr_ext, x14_sparkline,
    x_ClientData, x_Row, x_Column, x_Anchor, c_chart, worksheetSource, location, externalReferences, externalReference, w_headerReference, w_footerReference, w_altChunk, w_subDoc,
    w_numStyleLink, w_basedOn, sheetPr, w_dataBinding, w15_dataBinding, w_mailMerge, cx_chart, w_rStyle, w_tblStyle, a_srcRect, wp_effectExtent, w_rFonts,
    cfvo, cellWatch, pageSetup, workbookPr, cx_f, cx_lvl, c_multiLvlStrCache, c_val, c_cat, c_xVal, c_yVal, c_bubbleSize, threadedComment, HeadingPairs, TitlesOfParts, customSheetViews, filterColumn, functionGroups, fonts, font, fills, fill, xdr_rowOff, xdr_pos, xdr_colOff, cx_txData, cx_v, sheetFormatPr, asvg_svgBlip,
}

/// <summary>From the bytes of a name to its number, without making strings.</summary>
internal static class XmlNames
{
    private const int Size = 2048;
    private static readonly (byte[] Name, N Id)[] Slots = Build();

    public static N Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name); ; slot = (slot + 1) & (Size - 1))
        {
            ref readonly var entry = ref Slots[slot];
            if (entry.Name is null)
                return N.Other;
            if (name.SequenceEqual(entry.Name))
                return entry.Id;
        }
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        foreach (var b in name)
            hash = hash * 31 + b;
        return (int)((hash ^ (hash >> 11)) & (Size - 1));
    }

    private static (byte[] Name, N Id)[] Build()
    {
        var slots = new (byte[] Name, N Id)[Size];
        foreach (var id in Enum.GetValues<N>())
        {
            if (id == N.Other)
                continue;
            var text = id.ToString();
            var colon = text.IndexOf('_');
            var name = Encoding.UTF8.GetBytes(colon < 0 ? text : text[..colon] + ":" + text[(colon + 1)..]);
            var slot = Hash(name);
            while (slots[slot].Name is not null)
                slot = (slot + 1) & (Size - 1);
            slots[slot] = (name, id);
        }

        return slots;
    }
}
