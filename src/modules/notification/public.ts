/** notification: that something waits, by web push and SMS beside mail, and reminders before something ends. Never what it is. */
export type { NotificationContext, PushSender, SmsGateway } from './application/context.ts';
export { notificationParameters } from './domain/reminders.ts';
export { forgetNotices, noticesOf } from './application/holdings.ts';
export { notifyThrough } from './application/notify.ts';
export { pushSender } from './application/push-sender.ts';
export { httpSmsGateway } from './application/sms-gateway.ts';
export { reminderDays, type Expiring, type Expiry } from './domain/reminders.ts';
export { DEMO_SMS_PATH, demoSmsGateway, demoSmsRoutes, demoSmsToken } from './http/demo-gateway.ts';
export { notificationRoutes } from './http/routes.ts';
export { notificationJobs } from './jobs.ts';
