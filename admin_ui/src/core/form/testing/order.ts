/** A small entity that tests of forms share: an order with lines. Nothing else imports this. */
import type { ReferencedRecord, ReferenceSource } from "../references.ts";
import type { StoreOptions } from "../options.ts";
import { FormStore } from "../store.ts";
import { treeEvaluator } from "../tree_evaluator.ts";
import type { EntityMeta, FieldMeta, RecordData, Tree } from "../types.ts";

type Type = string | { readonly list: string };

const node = (kind: string, type: Type | { readonly record: string }, parts: Tree): Tree => ({ node: kind, type, span: [0, 1], ...parts });
export const text = (value: string): Tree => node("literal", "text", { value });
export const number = (value: string): Tree => node("literal", "number", { value });
export const name = (field: string, type: Type = "number"): Tree => node("field", type, { name: field });
export const member = (target: Tree, field: string, type: Type, shape = ""): Tree => node("member", type, { target, name: field, shape });
export const binary = (left: Tree, operator: string, right: Tree, type: Type = "number"): Tree => node("binary", type, { operator, left, right });
export const call = (called: string, args: readonly Tree[], type: Type = "number"): Tree => node("call", type, { name: called, arguments: args });
export const column = (field: string): Tree => member(node("field", { list: "number" }, { name: "lines", type: { list: { record: "shop.order/lines" } } }), field, { list: "number" }, "shop.order/lines");

export const LINE_FIELDS: readonly FieldMeta[] = [
  { name: "item", title: "物品", type: "reference", control: "reference", to: "shop.item", required: true },
  { name: "quantity", title: "数量", type: "decimal", control: "decimal", scale: 2, min: "0.25", max: "100", required: true },
  { name: "price", title: "单价", type: "money", control: "money", scale: 2, copy: "item.price" },
  { name: "amount", title: "金额", type: "money", control: "money", scale: 2, read_only: true, formula: call("ROUND", [binary(name("quantity"), "*", name("price")), number("2")]), formula_text: "ROUND(quantity * price, 2)", index_in_order: 0 },
  { name: "remark", title: "备注", type: "text", control: "text" },
];

export const ORDER: EntityMeta = {
  key: "shop.order",
  name: "order",
  title: "订单",
  kind: "document",
  display: "number",
  publication: 1,
  has_flow: true,
  flow_title: "订单审批",
  actions: ["create", "read", "update", "delete", "submit", "withdraw", "void"],
  fields: [
    { name: "number", title: "单号", type: "series", control: "series", read_only: true },
    { name: "customer", title: "客户", type: "reference", control: "reference", to: "shop.customer", required: true },
    { name: "customer_code", title: "客户编号", type: "text", control: "text", read_only: true, lookup: "customer.code" },
    { name: "kind", title: "类别", type: "select", control: "select", options: [{ value: "plain", title: "普通" }, { value: "special", title: "特殊" }] },
    { name: "reason", title: "原因", type: "text", control: "text", max_length: 10, when_hidden: "clear", visible: binary(name("kind", "text"), "=", text("special"), "boolean"), required_when: binary(name("kind", "text"), "=", text("special"), "boolean") },
    { name: "discount", title: "折扣", type: "percent", control: "percent", scale: 4 },
    { name: "due", title: "交期", type: "date", control: "date" },
    { name: "lines", title: "明细", type: "sub_table", control: "sub_table", min_rows: 1, fields: LINE_FIELDS },
    { name: "total", title: "合计", type: "money", control: "money", scale: 2, read_only: true, formula: call("SUM", [column("amount")]), formula_text: "SUM(lines.amount)", index_in_order: 1 },
    { name: "net", title: "折后", type: "money", control: "money", scale: 2, read_only: true, formula: binary(name("total"), "*", binary(number("1"), "-", call("COALESCE", [name("discount"), number("0")]))), formula_text: "total * (1 - COALESCE(discount, 0))", index_in_order: 2 },
  ],
  forms: [
    {
      name: "order",
      title: "订单",
      items: [
        { kind: "section", name: "head", title: "基本信息", items: ["number", "customer", "customer_code", "kind", "reason"].map((field) => ({ kind: "field" as const, field })) },
        {
          kind: "tabs",
          name: "tabs",
          title: "内容",
          items: [
            { kind: "tab", name: "lines", title: "明细", items: [{ kind: "field", field: "lines" }] },
            { kind: "tab", name: "terms", title: "条款", items: ["discount", "due", "total", "net"].map((field) => ({ kind: "field" as const, field })) },
          ],
        },
      ],
    },
  ],
  rules: [
    { name: "few", severity: "warn", on: ["save", "submit"], target: "lines.quantity", each: "lines", check: binary(name("quantity"), "<=", number("50"), "boolean"), message_text: "数量 {quantity} 偏大" },
  ],
  system_fields: [{ name: "status", title: "状态", type: "select", control: "select", options: [{ value: "draft", title: "草稿" }, { value: "in_approval", title: "审批中" }] }],
};

export function savedOrder(parts: Partial<RecordData> = {}): RecordData {
  return {
    id: "o1",
    version: 3,
    status: "draft",
    values: {
      number: "D-001",
      customer: "c1",
      customer_code: "K1",
      kind: "plain",
      reason: null,
      discount: "0.1000",
      due: "2026-11-20",
      lines: [
        { id: "l1", item: "i1", quantity: "2.00", price: "10.50", amount: "21.00", remark: null },
        { id: "l2", item: "i2", quantity: "1.00", price: "1000.00", amount: "1000.00", remark: "急" },
      ],
      total: "1021.00",
      net: "918.90",
    },
    labels: { customer: "甲公司", "lines.item": { i1: "水泥", i2: "钢筋" } },
    actions: ["read", "update", "submit", "delete"],
    ...parts,
  };
}

const RECORDS: Readonly<Record<string, ReferencedRecord>> = {
  "shop.item#i1": { values: { price: "10.50", name: "水泥" }, labels: {}, fields: [{ name: "price", title: "单价", type: "money", control: "money" }] },
  "shop.item#i2": { values: { price: "1000.00", name: "钢筋" }, labels: {}, fields: [{ name: "price", title: "单价", type: "money", control: "money" }] },
  "shop.customer#c1": { values: { code: "K1" }, labels: {}, fields: [{ name: "code", title: "编号", type: "text", control: "text" }] },
  "shop.customer#c2": { values: { code: "K2" }, labels: {}, fields: [{ name: "code", title: "编号", type: "text", control: "text" }] },
};

/** References from memory; what is not there may not be read. */
export const fakeReferences: ReferenceSource = {
  load: (entity, id) => Promise.resolve(RECORDS[`${entity}#${id}`] ?? null),
};

export function orderStore(options: Partial<StoreOptions> = {}): FormStore {
  return new FormStore({ meta: ORDER, items: ORDER.forms[0]?.items ?? [], evaluator: treeEvaluator("u1", () => new Date("2026-11-20T08:00:00Z")), references: fakeReferences, ...options });
}
